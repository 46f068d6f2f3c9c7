// A session for a user name and a password.
#pragma once

#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <string>

namespace cardea {

struct PasswordLogin {
  std::string username;
  Secret password;
  ClientTrace client;
  Origin origin;
};

// Hashes: on a thread that may. A password that was changed meanwhile takes the login back. Errors: those of
// Authenticator::authenticate and confirm, and of SessionIssuer::start.
Result<TokenPair> log_in(Authenticator& authenticator, SessionIssuer& sessions, const PasswordLogin& login,
                         Instant now);

}  // namespace cardea
