// The file that SQLite opens.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string>

namespace cardea::sql {

// Makes an empty file with mode 0600 unless there is one; SQLite gives its -wal and -shm files the same mode.
// Error: file_unusable.
Done ensure_database_file(const std::string& path);

// The same without making one.
Done check_database_file(const std::string& path);

}  // namespace cardea::sql
