#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cardea/service/files/file.hpp>
#include <cerrno>
#include <system_error>

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

// So that the name, too, survives a power cut.
void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) ::fsync(descriptor.get());
}

}  // namespace

Result<FileContent> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return system_failure(path, "cannot be opened");
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return system_failure(path, "cannot be read");

  FileContent content{.bytes = {}, .others_can_read = (status.st_mode & (S_IRGRP | S_IROTH)) != 0};
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
  auto draft = path;
  draft += ".new-" + std::to_string(::getpid());
  ::unlink(draft.c_str());
  Done written;
  {
    const Descriptor file(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!file.is_open()) return system_failure(path, "cannot be made");
    written = write_whole(file.get(), content.expose(), path);
  }
  // Unlike a rename, a link never replaces what another process has made in the meantime.
  const bool linked = written && ::link(draft.c_str(), path.c_str()) == 0;
  const int cause = errno;
  ::unlink(draft.c_str());
  if (!written) return failure(std::move(written).error());
  if (!linked && cause == EEXIST) return false;
  if (!linked) {
    errno = cause;
    return system_failure(path, "cannot be made");
  }
  sync_folder_of(path);
  return true;
}

}  // namespace cardea::service
