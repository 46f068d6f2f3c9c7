# cmake -DFILES=0001_users.sql,... -DOUTPUT=embedded_migrations.cpp -P EmbedMigrations.cmake
# Writes the migrations as tables of cardea::sql::Migration, one a dialect.
string(REPLACE "," ";" files "${FILES}")
list(FILTER files EXCLUDE REGEX "\\.postgresql\\.sql$")
list(SORT files)

set(sqlite_rows "")
set(postgresql_rows "")

function(append_row rows version name file)
  file(READ "${file}" text)
  file(SHA256 "${file}" checksum)
  set(${rows} "${${rows}}    Migration{${version}, \"${name}\", R\"sql(${text})sql\",\n              \"${checksum}\"},\n" PARENT_SCOPE)
endfunction()

foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${file}: a migration is named NNNN_name.sql")
  endif()
  math(EXPR version "1${CMAKE_MATCH_1} - 10000")
  append_row(sqlite_rows ${version} ${name} "${file}")
  string(REGEX REPLACE "\\.sql$" ".postgresql.sql" twin "${file}")
  if(EXISTS "${twin}")
    append_row(postgresql_rows ${version} ${name} "${twin}")
  else()
    append_row(postgresql_rows ${version} ${name} "${file}")
  endif()
endforeach()

file(WRITE "${OUTPUT}" "// Made of sql/migrations by cmake/EmbedMigrations.cmake.
#include <array>
#include <cardea/sql/migration/migration.hpp>
#include <utility>

namespace cardea::sql {
namespace {

constexpr std::array kSqlite{
${sqlite_rows}};

constexpr std::array kPostgresql{
${postgresql_rows}};

}  // namespace

std::span<const Migration> embedded_migrations(Dialect dialect) noexcept {
  switch (dialect) {
    case Dialect::sqlite: return kSqlite;
    case Dialect::postgresql: return kPostgresql;
  }
  std::unreachable();
}

}  // namespace cardea::sql
")
