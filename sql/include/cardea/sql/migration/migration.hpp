// The steps of the schema: the files of sql/migrations, embedded at build.
//
// NNNN_name.sql serves every dialect unless NNNN_name.postgresql.sql stands beside it. In a file each statement ends
// with `;` at the end of a line, and no other line ends so. What a release has shown is never edited: add a step.
#pragma once

#include <cardea/sql/database/dialect.hpp>
#include <cstdint>
#include <span>
#include <string_view>

namespace cardea::sql {

struct Migration {
  std::int64_t version;
  std::string_view name;    // "0001_users"
  std::string_view sql;     // the file
  std::string_view sha256;  // of the file, in hex
};

// By ascending version.
std::span<const Migration> embedded_migrations(Dialect dialect) noexcept;

}  // namespace cardea::sql
