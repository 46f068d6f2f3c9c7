#include "database/database_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cardea::sql {
namespace {

std::unexpected<Error> unusable(const std::string& path, std::string_view action, int error) {
  return failure(ErrorCode::file_unusable, PublicText{"database: cannot " + std::string(action) + " " + path + ": " +
                                                      std::generic_category().message(error)});
}

}  // namespace

Done ensure_database_file(const std::string& path) {
  // Not open and close: closing any descriptor of the file would drop the locks that this process's SQLite has on it.
  if (mknod(path.c_str(), S_IFREG | S_IRUSR | S_IWUSR, 0) == 0) return {};
  if (errno != EEXIST) return unusable(path, "make", errno);
  return check_database_file(path);
}

Done check_database_file(const std::string& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return unusable(path, "open", errno);
  if (S_ISDIR(found.st_mode)) return unusable(path, "open", EISDIR);
  if (access(path.c_str(), R_OK | W_OK) != 0) return unusable(path, "open", errno);
  return {};
}

}  // namespace cardea::sql
