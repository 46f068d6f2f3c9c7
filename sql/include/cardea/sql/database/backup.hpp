// A copy of a database in use, in one file.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/sql/database/database.hpp>
#include <filesystem>

namespace cardea::sql {

// Writes a new SQLite database that has all that was committed before the call, and nothing by half; whoever writes
// meanwhile does not wait. The file has mode 0600, has passed SQLite's integrity check and survives a power cut before
// it gets its name. Errors: file_unusable, also for a file that is there already; configuration_invalid for a database
// that is not SQLite's, with what to do instead; those of the database.
Done back_up(Database& database, const std::filesystem::path& file);

}  // namespace cardea::sql
