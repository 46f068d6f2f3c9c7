#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cardea/service/files/file.hpp>
#include <cardea/service/files/secret_file_draft.hpp>
#include <cerrno>
#include <system_error>

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

bool others_can_read(int file, mode_t mode) {
  if ((mode & S_IROTH) != 0) return true;
  if ((mode & S_IRGRP) == 0) return false;
  std::array<char, 1024> list{};
  const auto size = ::fgetxattr(file, "system.posix_acl_access", list.data(), list.size());
  return size < 0 || lets_others_read({list.data(), static_cast<std::size_t>(size)}, ::geteuid());
}

Result<SecretFileDraft> written(const std::filesystem::path& path, const Secret& content) {
  auto draft = SecretFileDraft::begin(path);
  if (!draft) return draft;
  if (auto done = draft->write(content.expose()); !done) return failure(std::move(done).error());
  return draft;
}

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
  const Secret whole(std::move(content->bytes));
  if (content->others_can_read) {
    return unusable(path,
                    "is a secret that others can read; run chmod 600 on it, and change the secret if they may have");
  }
  auto text = whole.expose();
  if (text.ends_with('\n')) text.remove_suffix(1);
  return Secret::copy_of(text);
}

Result<bool> create_secret_file(const std::filesystem::path& path, const Secret& content) {
  auto draft = written(path, content);
  if (!draft) return failure(std::move(draft).error());
  return draft->create();
}

Done replace_secret_file(const std::filesystem::path& path, const Secret& content) {
  auto draft = written(path, content);
  if (!draft) return failure(std::move(draft).error());
  return draft->replace();
}

}  // namespace cardea::service
