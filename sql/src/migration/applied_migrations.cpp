#include "migration/applied_migrations.hpp"

#include "migration/statements_of.hpp"

namespace cardea::sql {
namespace {

constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "version BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

// PostgreSQL alone: whoever holds its row migrates.
constexpr const char* kCreateTurn = "CREATE TABLE IF NOT EXISTS schema_migration_turn (id BIGINT PRIMARY KEY)";
constexpr const char* kAddTurn = "INSERT INTO schema_migration_turn (id) VALUES (1) ON CONFLICT DO NOTHING";
constexpr const char* kTakeTurn = "SELECT id FROM schema_migration_turn WHERE id = 1 FOR UPDATE";

bool has_table(Connection& connection) {
  const bool sqlite = connection.dialect() == Dialect::sqlite;
  int count = 0;
  connection.session() << (sqlite ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migrations'"
                                  : "SELECT COUNT(*) FROM information_schema.tables "
                                    "WHERE table_schema = current_schema() AND table_name = 'schema_migrations'"),
      soci::into(count);
  return count > 0;
}

// PostgreSQL's IF NOT EXISTS does not hold for what another transaction is about to create: it is there the next time.
void create_at_once_with_others(soci::session& session, const char* statement) {
  constexpr int kOthers = 20;
  for (int attempt = 1; attempt < kOthers; ++attempt) {
    try {
      session << statement;
      return;
    } catch (const soci::soci_error&) {
      continue;
    }
  }
  session << statement;
}

}  // namespace

std::vector<AppliedMigration> read_applied(Connection& connection) {
  std::vector<AppliedMigration> applied;
  if (!has_table(connection)) return applied;
  long long version = 0, applied_at = 0;
  std::string name, sha256;
  soci::statement statement =
      (connection.session().prepare
           << "SELECT version, name, sha256, applied_at FROM schema_migrations ORDER BY version",
       soci::into(version), soci::into(name), soci::into(sha256), soci::into(applied_at));
  statement.execute();
  while (statement.fetch()) applied.push_back({version, name, sha256, Instant{std::chrono::microseconds{applied_at}}});
  return applied;
}

void prepare_to_migrate(Connection& connection) {
  auto& session = connection.session();
  if (connection.dialect() == Dialect::sqlite) {
    session << kCreateTable;
    return;
  }
  for (const auto* statement : {kCreateTable, kCreateTurn, kAddTurn}) create_at_once_with_others(session, statement);
}

void take_turn_to_migrate(Connection& connection) {
  if (connection.dialect() == Dialect::sqlite) return;
  long long id = 0;
  connection.session() << kTakeTurn, soci::into(id);
}

void apply(Connection& connection, const Migration& migration, Instant now) {
  auto& session = connection.session();
  for (const auto& statement : statements_of(migration.sql)) session << statement;
  const std::string name{migration.name}, sha256{migration.sha256};
  const long long version = migration.version, applied_at = now.time_since_epoch().count();
  session << "INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (:version, :name, :sha256, :at)",
      soci::use(version), soci::use(name), soci::use(sha256), soci::use(applied_at);
}

}  // namespace cardea::sql
