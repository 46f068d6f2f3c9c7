#include <fcntl.h>
#include <unistd.h>

#include <cardea/sql/database/backup.hpp>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

std::unexpected<Error> unusable(const std::filesystem::path& file, const std::string& problem) {
  return failure(ErrorCode::file_unusable, PublicText{file.string() + ": " + problem});
}

std::unexpected<Error> system_failure(const std::filesystem::path& file, const std::string& what) {
  return unusable(file, what + ": " + std::generic_category().message(errno));
}

bool sync(const char* path, int flags) {
  const int descriptor = ::open(path, flags | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

// An empty file of mode 0600 beside the one that is wanted; gone with the object.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& file) : name_(file.string() + ".new-XXXXXX") {
    const int descriptor = ::mkostemp(name_.data(), O_CLOEXEC);
    made_ = descriptor >= 0;
    if (made_) ::close(descriptor);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (made_) ::unlink(name_.c_str());
  }
  bool is_made() const noexcept { return made_; }
  const std::string& name() const noexcept { return name_; }

 private:
  std::string name_;
  bool made_ = false;
};

// Another database file on the same connection for as long as this lives, by the name `copy`.
class Attached {
 public:
  Attached(soci::session& session, const std::string& path) : session_(session) {
    session_ << "ATTACH DATABASE :path AS copy", soci::use(path);
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;
  ~Attached() {
    try {
      session_ << "DETACH DATABASE copy";
    } catch (const soci::soci_error&) {  // NOLINT(bugprone-empty-catch): the file is still known, and never asked for
    }
  }

 private:
  soci::session& session_;
};

Done write_copy(Connection& connection, const std::string& path) {
  auto& session = connection.session();
  if (connection.dialect() == Dialect::postgresql) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: PostgreSQL is backed up by its own program, while the server runs: "
                              "pg_dump --format=custom --file=FILE URL"});
  }
  session << "VACUUM INTO :path", soci::use(path);
  std::string verdict;
  {
    const Attached copy{session, path};
    session << "PRAGMA copy.integrity_check", soci::into(verdict);
  }
  if (verdict != "ok") return failure(ErrorCode::store_corrupt, PrivateText{"the copy is damaged: " + verdict});
  return {};
}

// A link, unlike a rename, never replaces what is there.
Done give_name(const Draft& draft, const std::filesystem::path& file) {
  if (!sync(draft.name().c_str(), O_RDONLY)) return system_failure(file, "cannot be written");
  if (::link(draft.name().c_str(), file.c_str()) != 0) {
    if (errno == EEXIST) return unusable(file, "is there already; name a file that is not");
    return system_failure(file, "cannot be made");
  }
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  if (!sync(folder.c_str(), O_RDONLY | O_DIRECTORY)) return system_failure(file, "cannot be made durable");
  return {};
}

}  // namespace

Done back_up(Database& database, const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
    return unusable(file, "is there already; name a file that is not");
  }
  const Draft draft{file};
  if (!draft.is_made()) return system_failure(file, "cannot be made");
  auto copied = database.connections().with_connection(
      [&](Connection& connection) { return write_copy(connection, draft.name()); });
  if (!copied) return copied;
  return give_name(draft, file);
}

}  // namespace cardea::sql
