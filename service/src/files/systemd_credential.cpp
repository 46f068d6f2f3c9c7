#include <cardea/service/files/systemd_credential.hpp>
#include <system_error>

namespace cardea::service {

std::optional<std::filesystem::path> systemd_credential(const Texts& environment, std::string_view name) {
  const auto folder = environment.find("CREDENTIALS_DIRECTORY");
  if (folder == environment.end() || folder->second.empty()) return std::nullopt;
  auto path = std::filesystem::path(folder->second) / name;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  return path;
}

}  // namespace cardea::service
