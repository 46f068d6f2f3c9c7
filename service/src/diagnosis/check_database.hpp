// The database: its schema, and what it says of itself.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/service/diagnosis/finding.hpp>
#include <cardea/sql/database/database_health.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace cardea::service {

// `latest` is the last migration that this program knows.
Finding check_schema(const Result<std::vector<sql::MigrationStatus>>& status, std::int64_t latest);
Finding check_sqlite(const Result<std::string>& quick_check, bool keeps_write_ahead_log);
Findings check_postgresql(const Result<sql::PostgresqlHealth>& health);

}  // namespace cardea::service
