#include "database/failure_of.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace cardea::sql {
namespace {

bool means_damage(const soci::soci_error& error) {
  const auto* const from_sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  return from_sqlite != nullptr && (from_sqlite->result() == SQLITE_CORRUPT || from_sqlite->result() == SQLITE_NOTADB);
}

}  // namespace

Error failure_of(const std::exception& exception) {
  const auto* const from_soci = dynamic_cast<const soci::soci_error*>(&exception);
  if (from_soci == nullptr) return Error{ErrorCode::store_unavailable, PrivateText{exception.what()}};
  return Error{means_damage(*from_soci) ? ErrorCode::store_corrupt : ErrorCode::store_unavailable,
               PrivateText{from_soci->get_error_message()}};
}

}  // namespace cardea::sql
