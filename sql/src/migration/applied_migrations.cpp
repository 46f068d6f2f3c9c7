#include "migration/applied_migrations.hpp"

#include <algorithm>

#include "migration/statements_of.hpp"

namespace cardea::sql {
namespace {

constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "version BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

bool has_table(soci::session& session) {
  std::vector<std::string> names(64);
  soci::statement statement = (session.prepare_table_names(), soci::into(names));
  statement.execute();
  bool found = false;
  while (statement.fetch()) {
    found = found || std::ranges::find(names, "schema_migrations") != names.end();
    names.resize(64);
  }
  return found;
}

}  // namespace

std::vector<AppliedMigration> read_applied(soci::session& session) {
  std::vector<AppliedMigration> applied;
  if (!has_table(session)) return applied;
  long long version = 0, applied_at = 0;
  std::string name, sha256;
  soci::statement statement =
      (session.prepare << "SELECT version, name, sha256, applied_at FROM schema_migrations ORDER BY version",
       soci::into(version), soci::into(name), soci::into(sha256), soci::into(applied_at));
  statement.execute();
  while (statement.fetch()) applied.push_back({version, name, sha256, Instant{std::chrono::microseconds{applied_at}}});
  return applied;
}

void apply(soci::session& session, const Migration& migration, Instant now) {
  session << kCreateTable;
  for (const auto& statement : statements_of(migration.sql)) session << statement;
  const std::string name{migration.name}, sha256{migration.sha256};
  const long long version = migration.version, applied_at = now.time_since_epoch().count();
  session << "INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (:version, :name, :sha256, :at)",
      soci::use(version), soci::use(name), soci::use(sha256), soci::use(applied_at);
}

}  // namespace cardea::sql
