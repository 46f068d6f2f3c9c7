#include "database/failure_of.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <new>
#include <string>
#include <string_view>

#include "database/connection.hpp"
#include "database/sqlite_session.hpp"

namespace cardea::sql {
namespace {

// PostgreSQL's, https://www.postgresql.org/docs/15/errcodes-appendix.html; empty for another's failure.
std::string sqlstate_of(const std::exception& exception) {
  const auto* const error = dynamic_cast<const soci::postgresql_soci_error*>(&exception);
  return error != nullptr ? error->sqlstate() : std::string{};
}

bool means_damage(const soci::soci_error& error) {
  const auto* const from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  if (from_sqlite != nullptr) return from_sqlite->result() == SQLITE_CORRUPT || from_sqlite->result() == SQLITE_NOTADB;
  const auto state = sqlstate_of(error);
  return state == "XX001" || state == "XX002";
}

bool means_duplicate(const soci::soci_error& error) {
  const auto* const from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  if (from_sqlite == nullptr) return sqlstate_of(error) == "23505";
  return from_sqlite->result() == SQLITE_CONSTRAINT &&
         from_sqlite->get_error_message().contains("UNIQUE constraint failed");
}

ErrorCode code_of(const soci::soci_error& error) {
  if (means_damage(error)) return ErrorCode::store_corrupt;
  return means_duplicate(error) ? ErrorCode::conflict : ErrorCode::store_unavailable;
}

// SQLite: the path, which is what a person looks for.
const std::string& name_of(const DatabaseUrl& url) {
  return url.dialect() == Dialect::sqlite ? url.path() : url.text();
}

std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank) line += c;
    if (blank && !line.ends_with(' ')) line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

// SOCI puts the name of its own function in front of SQLite's message.
std::string message_of(const soci::soci_error& error) {
  constexpr std::string_view kOfSoci = "sqlite3_statement_backend::", kEnd = ": ";
  auto line = in_one_line(error.get_error_message());
  const auto begin = line.find(kOfSoci);
  const auto end = line.find(kEnd, std::min(begin, line.size()) + kOfSoci.size());
  if (begin != std::string::npos && end != std::string::npos) line.erase(begin, end + kEnd.size() - begin);
  return line;
}

// Needs none itself: it is a failure to be told, also where no exception may pass.
Error without_memory() { return Error{ErrorCode::store_unavailable, PrivateText{"out of memory"}}; }

}  // namespace

Error failure_of(const std::exception& exception, const DatabaseUrl& url) try {
  const auto* const from_soci = dynamic_cast<const soci::soci_error*>(&exception);
  if (from_soci == nullptr) return Error{ErrorCode::store_unavailable, PrivateText{exception.what()}};
  return Error{code_of(*from_soci), PrivateText{"database " + name_of(url) + ": " + message_of(*from_soci)}};
} catch (const std::bad_alloc&) {
  return without_memory();
}

Error failure_of(const std::exception& exception, Connection& connection) try {
  const auto* const from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception);
  if (from_sqlite == nullptr) return failure_of(exception, connection.url());
  return failure_of(with_systems_answer(*from_sqlite, connection.session()), connection.url());
} catch (const std::bad_alloc&) {
  return without_memory();
}

bool is_serialisation_failure(const std::exception& exception) {
  const auto state = sqlstate_of(exception);
  return state == "40001" || state == "40P01";
}

bool means_lost_connection(const std::exception& exception) {
  const auto state = sqlstate_of(exception);
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" || state == "25006";
}

}  // namespace cardea::sql
