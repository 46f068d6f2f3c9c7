#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cardea/service/files/file.hpp>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "files/access_list.hpp"

namespace cardea::service {
namespace {

// Closes what it was given.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const noexcept { return number_; }
  bool is_open() const noexcept { return number_ >= 0; }

 private:
  int number_;
};

std::unexpected<Error> unusable(const std::filesystem::path& path, const std::string& problem) {
  return failure(ErrorCode::file_unusable, PublicText{path.string() + ": " + problem});
}

std::unexpected<Error> system_failure(const std::filesystem::path& path, const std::string& what) {
  return unusable(path, what + ": " + std::generic_category().message(errno));
}

Done write_whole(int file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(path, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file) != 0) return system_failure(path, "cannot be made durable");
  return {};
}

bool others_can_read(int file, mode_t mode) {
  if ((mode & S_IROTH) != 0) return true;
  if ((mode & S_IRGRP) == 0) return false;
  std::array<char, 1024> list{};
  const auto size = ::fgetxattr(file, "system.posix_acl_access", list.data(), list.size());
  return size < 0 || lets_others_read({list.data(), static_cast<std::size_t>(size)}, ::geteuid());
}

// So that the name, too, survives a power cut.
void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) ::fsync(descriptor.get());
}

// A finished file of mode 0600 beside `path`, under a name that nobody else has; gone with the object.
class Draft {
 public:
  static Result<Draft> written(const std::filesystem::path& path, const Secret& content) {
    std::string name = path.string() + ".new-XXXXXX";
    const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.is_open()) return system_failure(path, "cannot be made");
    Draft draft(std::move(name));
    if (auto done = write_whole(file.get(), content.expose(), path); !done) return failure(std::move(done).error());
    return draft;
  }

  Draft(Draft&& other) noexcept : name_(std::exchange(other.name_, {})) {}
  Draft& operator=(Draft&&) = delete;
  ~Draft() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  // Unlike a rename, a link never replaces what another process has made in the meantime.
  bool link_to(const std::filesystem::path& path) const { return ::link(name_.c_str(), path.c_str()) == 0; }

  bool rename_to(const std::filesystem::path& path) {
    if (::rename(name_.c_str(), path.c_str()) != 0) return false;
    name_.clear();
    return true;
  }

 private:
  explicit Draft(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace

Result<FileContent> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return system_failure(path, "cannot be opened");
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return system_failure(path, "cannot be read");

  FileContent content{.bytes = {}, .others_can_read = others_can_read(file.get(), status.st_mode)};
  std::array<char, 4096> piece{};
  while (true) {
    const auto size = ::read(file.get(), piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_failure(path, "cannot be read");
    if (size == 0) return content;
    content.bytes.append(piece.data(), static_cast<std::size_t>(size));
    if (content.bytes.size() > limit) return unusable(path, "is longer than " + std::to_string(limit) + " bytes");
  }
}

Result<Secret> read_secret_file(const std::filesystem::path& path, std::size_t limit) {
  auto content = read_file(path, limit);
  if (!content) return failure(std::move(content).error());
  Secret whole(std::move(content->bytes));
  if (content->others_can_read) {
    return unusable(path,
                    "is a secret that others can read; run chmod 600 on it, and change the secret if they may have");
  }
  auto text = whole.expose();
  if (text.ends_with('\n')) text.remove_suffix(1);
  return Secret::copy_of(text);
}

Result<bool> create_secret_file(const std::filesystem::path& path, const Secret& content) {
  const auto draft = Draft::written(path, content);
  if (!draft) return failure(draft.error());
  if (!draft->link_to(path)) {
    if (errno == EEXIST) return false;
    return system_failure(path, "cannot be made");
  }
  sync_folder_of(path);
  return true;
}

Done replace_secret_file(const std::filesystem::path& path, const Secret& content) {
  auto draft = Draft::written(path, content);
  if (!draft) return failure(std::move(draft).error());
  if (!draft->rename_to(path)) return system_failure(path, "cannot be replaced");
  sync_folder_of(path);
  return {};
}

}  // namespace cardea::service
