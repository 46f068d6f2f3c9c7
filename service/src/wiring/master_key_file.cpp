#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/master_key_file.hpp>
#include <string>
#include <system_error>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestFile = 4096;

std::unexpected<Error> unusable(const std::filesystem::path& path, const std::string& problem) {
  return failure(ErrorCode::master_key_unusable, PublicText{path.string() + ": " + problem});
}

}  // namespace

bool MasterKeyFile::exists() const {
  std::error_code ignored;
  return std::filesystem::status(path_, ignored).type() != std::filesystem::file_type::not_found;
}

Result<MasterKeys> MasterKeyFile::read() const {
  if (!exists()) {
    return unusable(path_,
                    "is missing, and the database has keys that only it opens; restore it from your backup, or name "
                    "it by master_key_file");
  }
  const auto text = read_secret_file(path_, kLongestFile);
  if (!text) return failure(text.error());
  auto keys = MasterKeys::parse(*text);
  if (!keys) {
    return unusable(path_, "is no master key: " + std::string(keys.error().private_text()) +
                               "; restore it from your backup, or name the right file by master_key_file");
  }
  return keys;
}

Result<MasterKeys> MasterKeyFile::read_or_make() const {
  if (exists()) return read();
  auto keys = MasterKeys::generate();
  const auto made = create_secret_file(path_, keys.text());
  if (!made) return failure(made.error());
  if (*made) return keys;
  return read();
}

Done MasterKeyFile::write(const MasterKeys& keys) const { return replace_secret_file(path_, keys.text()); }

}  // namespace cardea::service
