#include <cardea/service/config/config.hpp>

namespace cardea::service {

std::optional<std::filesystem::path> secret_file_of(const Config& config) {
  if (config.secret_file) return config.secret_file;
  if (config.database.in_memory()) return std::nullopt;
  std::filesystem::path file = config.database.path();
  if (file.extension() == ".db") file.replace_extension();
  return file += ".jwt-secret";
}

}  // namespace cardea::service
