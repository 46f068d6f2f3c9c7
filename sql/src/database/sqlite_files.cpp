#include "database/sqlite_files.hpp"

#include <sys/stat.h>

#include "database/sqlite_session.hpp"

namespace cardea::sql {
namespace {

std::optional<ino_t> inode_of(const std::string& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  return found.st_ino;
}

// SQLite makes the log when it first reads.
void make_log(soci::session& session) {
  long long version = 0;
  session << "PRAGMA user_version", soci::into(version);
}

[[noreturn]] void refuse(const std::string& what) {
  throw soci::soci_error(what + " has been deleted, moved or replaced while it was open: nothing is kept until it is " +
                         "back, or the program has been started again");
}

}  // namespace

SqliteFiles SqliteFiles::of(soci::session& session) {
  make_log(session);
  SqliteFiles files;
  files.log_path_ = write_ahead_log_of(session);
  files.log_ = inode_of(files.log_path_);
  return files;
}

void SqliteFiles::check(soci::session& session) const {
  if (log_path_.empty()) return;
  if (has_sqlite_file_moved(session)) refuse("the file");
  if (inode_of(log_path_) != log_) refuse("the write-ahead log " + log_path_);
}

}  // namespace cardea::sql
