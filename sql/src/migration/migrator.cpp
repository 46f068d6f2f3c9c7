#include <algorithm>
#include <cardea/sql/migration/migrator.hpp>

#include "database/connection_pool.hpp"
#include "database/write_transaction.hpp"
#include "migration/applied_migrations.hpp"

namespace cardea::sql {
namespace {

const AppliedMigration* find_applied(const std::vector<AppliedMigration>& applied, std::int64_t version) {
  const auto found = std::ranges::find(applied, version, &AppliedMigration::version);
  return found == applied.end() ? nullptr : &*found;
}

std::int64_t latest(std::span<const Migration> migrations) {
  return migrations.empty() ? 0 : migrations.back().version;
}

Done check_not_too_new(std::span<const Migration> known, const std::vector<AppliedMigration>& applied) {
  if (applied.empty() || applied.back().version <= latest(known)) return {};
  return failure(ErrorCode::schema_too_new,
                 PublicText{"The database's schema is version " + std::to_string(applied.back().version) +
                            ", this program knows no later one than " + std::to_string(latest(known)) +
                            ". Run the version that migrated it, or a later one."});
}

// Every applied migration that the program knows is the one the program has.
Done check_unchanged(std::span<const Migration> known, const std::vector<AppliedMigration>& applied) {
  for (const auto& migration : known) {
    const auto* const row = find_applied(applied, migration.version);
    if (row != nullptr && (row->sha256 != migration.sha256 || row->name != migration.name)) {
      return failure(ErrorCode::store_corrupt,
                     PublicText{"Migration " + row->name + " of the database is not " + std::string(migration.name) +
                                " of this program: one of them was changed after its release"});
    }
  }
  return {};
}

std::vector<Migration> missing_from(const std::vector<AppliedMigration>& applied, std::span<const Migration> known) {
  std::vector<Migration> missing;
  std::ranges::copy_if(known, std::back_inserter(missing),
                       [&](const Migration& migration) { return find_applied(applied, migration.version) == nullptr; });
  return missing;
}

// What has to be applied, if the database may be migrated at all.
Result<std::vector<Migration>> plan(Connection& connection, std::span<const Migration> known) {
  const auto applied = read_applied(connection);
  if (auto checked = check_not_too_new(known, applied); !checked) return failure(std::move(checked).error());
  if (auto checked = check_unchanged(known, applied); !checked) return failure(std::move(checked).error());
  return missing_from(applied, known);
}

}  // namespace

Result<std::size_t> Migrator::migrate(Instant now) {
  const auto missing =
      database_.connections().with_connection([&](Connection& connection) { return plan(connection, migrations_); });
  if (!missing) return failure(missing.error());
  if (missing->empty()) return std::size_t{0};
  return database_.connections().with_patient_connection(
      [&](Connection& connection) { return migrate(connection, now); });
}

Result<std::size_t> Migrator::migrate(Connection& connection, Instant now) {
  if (connection.dialect() == Dialect::postgresql) prepare_to_migrate(connection);
  WriteTransaction transaction{connection};
  if (connection.dialect() == Dialect::sqlite) prepare_to_migrate(connection);
  take_turn_to_migrate(connection);
  const auto missing = plan(connection, migrations_);
  if (!missing) return failure(missing.error());
  for (const auto& migration : *missing) apply(connection, migration, now);
  transaction.commit();
  return missing->size();
}

Result<std::vector<MigrationStatus>> Migrator::status() {
  return database_.connections().with_connection([&](Connection& connection) -> Result<std::vector<MigrationStatus>> {
    const auto applied = read_applied(connection);
    if (auto checked = check_unchanged(migrations_, applied); !checked) return failure(std::move(checked).error());
    const auto missing = missing_from(applied, migrations_);
    std::vector<MigrationStatus> status;
    status.reserve(applied.size() + missing.size());
    for (const auto& row : applied) status.push_back({row.version, row.name, row.applied_at});
    for (const auto& row : missing) {
      status.push_back({row.version, std::string(row.name), std::nullopt});
    }
    std::ranges::sort(status, {}, &MigrationStatus::version);
    return status;
  });
}

}  // namespace cardea::sql
