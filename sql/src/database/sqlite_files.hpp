// Whether the files of an open SQLite database are still where they were: somebody may delete, move or replace them,
// and what is written then goes with the process.
#pragma once

#include <soci/soci.h>
#include <sys/types.h>

#include <optional>
#include <string>

namespace cardea::sql {

class SqliteFiles {
 public:
  // None, which are always where they were.
  SqliteFiles() = default;
  // Those of a session with a write-ahead log; none of one in memory. Throws what SOCI throws.
  static SqliteFiles of(soci::session& session);

  // Throws soci::soci_error, with what to do, if they are no longer there. `session` is the same.
  void check(soci::session& session) const;

 private:
  std::string log_path_;
  std::optional<ino_t> log_;
};

}  // namespace cardea::sql
