// A password that somebody chooses now.
#pragma once

#include <cardea/core/account/password_hash.hpp>
#include <cardea/core/account/username.hpp>
#include <cardea/service/config/config.hpp>

#include "terminal/terminal.hpp"

namespace cardea::cli {

// Asks for it, checks it and hashes it. Errors: those of Terminal::read_new_password, PasswordPolicy::check and
// PasswordHasher::hash.
Result<PasswordHash> hash_of_new_password(Terminal& terminal, const Username& username, const service::Config& config);

}  // namespace cardea::cli
