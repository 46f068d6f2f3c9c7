#include "command_line/new_password.hpp"

#include <cardea/core/account/password_policy.hpp>
#include <cardea/service/wiring/accounts.hpp>

namespace cardea::cli {

Result<PasswordHash> hash_of_new_password(Terminal& terminal, const Username& username, const service::Config& config) {
  const auto password = terminal.read_new_password("Password for " + std::string(username.text()));
  if (!password) return failure(password.error());
  if (auto accepted = PasswordPolicy{}.check(*password, username); !accepted) {
    return failure(std::move(accepted).error());
  }
  return service::password_hasher_of(config).hash(*password);
}

}  // namespace cardea::cli
