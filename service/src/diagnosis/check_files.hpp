// Files that nobody else may read or replace.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/service/diagnosis/finding.hpp>
#include <filesystem>

namespace cardea::service {

// A SQLite database, its log beside it, and the folder that both are in.
Findings check_database_files(const std::filesystem::path& database);

// The file of the master key. `is_needed`: the database has what only it opens or verifies.
Finding check_master_key(const Config& config, bool is_needed);

// A folder in which others can put a file of theirs in the place of ours.
Finding check_folder(const std::filesystem::path& folder);

}  // namespace cardea::service
