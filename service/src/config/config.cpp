#include <cardea/service/config/config.hpp>

namespace cardea::service {
namespace {

// A server's database has nothing beside it: then in the working folder.
std::filesystem::path beside_database(const Config& config, const char* ending) {
  const bool is_file = config.database.dialect() == sql::Dialect::sqlite;
  std::filesystem::path file = is_file ? config.database.path() : "cardea";
  if (file.extension() == ".db") file.replace_extension();
  return file += ending;
}

}  // namespace

std::optional<std::filesystem::path> secret_file_of(const Config& config) {
  if (config.secret_file) return config.secret_file;
  if (config.database.in_memory() || config.database.dialect() != sql::Dialect::sqlite) return std::nullopt;
  return beside_database(config, ".jwt-secret");
}

std::optional<std::filesystem::path> master_key_file_of(const Config& config) {
  if (config.master_key_file) return config.master_key_file;
  if (config.master_key_credential) return config.master_key_credential;
  if (config.database.in_memory()) return std::nullopt;
  return beside_database(config, ".master-key");
}

std::string own_url_of(const Config& config) {
  const std::string scheme = config.tls_certificate ? "https://" : "http://";
  return scheme + (config.listen.is_address() ? config.listen.text() : "localhost");
}

}  // namespace cardea::service
