#include <fcntl.h>
#include <unistd.h>

#include <cardea/service/files/secret_file_draft.hpp>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace cardea::service {
namespace {

std::unexpected<Error> system_failure(const std::filesystem::path& path, const std::string& what) {
  return failure(ErrorCode::file_unusable,
                 PublicText{path.string() + ": " + what + ": " + std::generic_category().message(errno)});
}

// So that the name, too, survives a power cut.
void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Result<SecretFileDraft> SecretFileDraft::begin(const std::filesystem::path& path) {
  std::string name = path.string() + ".new-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return system_failure(path, "cannot be made");
  return SecretFileDraft{path, std::move(name), descriptor};
}

SecretFileDraft::SecretFileDraft(SecretFileDraft&& other) noexcept
    : path_(std::move(other.path_)),
      name_(std::exchange(other.name_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

SecretFileDraft::~SecretFileDraft() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!name_.empty()) ::unlink(name_.c_str());
}

Done SecretFileDraft::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(path_, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Done SecretFileDraft::sync() const {
  if (::fsync(descriptor_) != 0) return system_failure(path_, "cannot be made durable");
  return {};
}

// Unlike a rename, a link never replaces what another process has made in the meantime.
Result<bool> SecretFileDraft::create() {
  if (auto done = sync(); !done) return failure(std::move(done).error());
  if (::link(name_.c_str(), path_.c_str()) != 0) {
    if (errno == EEXIST) return false;
    return system_failure(path_, "cannot be made");
  }
  sync_folder_of(path_);
  return true;
}

Done SecretFileDraft::replace() {
  if (auto done = sync(); !done) return done;
  if (::rename(name_.c_str(), path_.c_str()) != 0) return system_failure(path_, "cannot be replaced");
  name_.clear();
  sync_folder_of(path_);
  return {};
}

}  // namespace cardea::service
