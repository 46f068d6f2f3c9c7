// The table schema_migrations: what has been applied to a database.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/sql/migration/migration.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "database/connection.hpp"

namespace cardea::sql {

struct AppliedMigration {
  std::int64_t version;
  std::string name;
  std::string sha256;
  Instant applied_at;
};

// By ascending version; empty for a database without the table. These functions throw what SOCI throws.
std::vector<AppliedMigration> read_applied(Connection& connection);

// Makes the tables that migrating needs; several may do so at once. Outside of a transaction on PostgreSQL, inside on
// SQLite.
void prepare_to_migrate(Connection& connection);

// Waits, in a transaction, until no other process migrates. On SQLite nobody else writes as it is.
void take_turn_to_migrate(Connection& connection);

// Runs the migration's statements, and writes it down.
void apply(Connection& connection, const Migration& migration, Instant now);

}  // namespace cardea::sql
