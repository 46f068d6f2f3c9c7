// The table schema_migrations: what has been applied to a database.
#pragma once

#include <soci/soci.h>

#include <cardea/core/base/clock.hpp>
#include <cardea/sql/migration/migration.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace cardea::sql {

struct AppliedMigration {
  std::int64_t version;
  std::string name;
  std::string sha256;
  Instant applied_at;
};

// By ascending version; empty for a database without the table. These functions throw what SOCI throws.
std::vector<AppliedMigration> read_applied(soci::session& session);

// Runs the migration's statements, and writes it down, making the table if it is missing.
void apply(soci::session& session, const Migration& migration, Instant now);

}  // namespace cardea::sql
