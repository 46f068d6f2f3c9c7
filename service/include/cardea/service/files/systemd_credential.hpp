// Secrets that systemd hands to a service (systemd.exec(5), section Credentials).
#pragma once

#include <cardea/service/config/load_config.hpp>
#include <filesystem>
#include <optional>
#include <string_view>

namespace cardea::service {

// What systemd's LoadCredential= and SetCredentialEncrypted= hand to a service: the file `name` in
// $CREDENTIALS_DIRECTORY, if it is there (systemd.exec(5)).
std::optional<std::filesystem::path> systemd_credential(const Texts& environment, std::string_view name);

}  // namespace cardea::service
