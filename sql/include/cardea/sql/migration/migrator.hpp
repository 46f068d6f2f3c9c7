// Brings a database's schema to what this program needs, forward only, one transaction for all that is missing.
// Processes and threads that start together take turns; one of them does the work.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/sql/database/database.hpp>
#include <cardea/sql/migration/migration.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cardea::sql {

class Connection;

struct MigrationStatus {
  std::int64_t version;
  std::string name;
  std::optional<Instant> applied_at;  // empty: missing
};

class Migrator {
 public:
  explicit Migrator(Database& database) : Migrator(database, embedded_migrations(database.dialect())) {}
  Migrator(Database& database, std::span<const Migration> migrations) : database_(database), migrations_(migrations) {}

  // How many it applied; 0 if the schema was up to date. Errors: schema_too_new when the database knows a later
  // migration than this program; store_corrupt when an applied migration is not the one of that version here;
  // store_unavailable.
  Result<std::size_t> migrate(Instant now);

  // Every migration that the program or the database knows, by version. Changes nothing. Errors as above, but for
  // schema_too_new: a later migration is listed.
  Result<std::vector<MigrationStatus>> status();

 private:
  Result<std::size_t> migrate(Connection& connection, Instant now);

  Database& database_;
  std::span<const Migration> migrations_;
};

}  // namespace cardea::sql
