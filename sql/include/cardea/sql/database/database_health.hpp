// What a database says of itself that an operator has to know. Nothing is changed; Database::open with `read_only`
// does.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/sql/database/database.hpp>
#include <filesystem>
#include <optional>
#include <string>

namespace cardea::sql {

struct PostgresqlHealth {
  std::string version;  // "15.8", with what the packager adds
  bool is_encrypted = false;
  bool is_local = false;  // a Unix socket, or an address of loopback
  // Empty: the server knows no such setting.
  std::optional<bool> fsync;
  std::optional<bool> synchronous_commit;
  bool is_standby = false;     // takes no changes
  bool tells_changes = false;  // by NOTIFY, so that other nodes know at once
};

// SQLite: "ok", or the first thing that is wrong. Reads all of the database. Errors: store_unavailable, store_corrupt.
Result<std::string> sqlite_quick_check(Database& database);

// SQLite: whether the file's header says that changes go to a write-ahead log, as they do once Cardea has opened it for
// writing. A connection to it only to read, with nobody beside it, does not say. For a process that has no connection
// to the file: SQLite's locks of the process end with the look.
bool keeps_write_ahead_log(const std::filesystem::path& file);

// The database is PostgreSQL's. Error: store_unavailable.
Result<PostgresqlHealth> postgresql_health(Database& database);

}  // namespace cardea::sql
