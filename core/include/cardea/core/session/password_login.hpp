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

// In two steps, for who has threads for hashing and others for storing: Authenticator::authenticate, which hashes, then
// this, which stores, and hashes only where the stored hash was replaced meanwhile. A password that was changed
// meanwhile takes the login back. Errors: those of SessionIssuer::start and Authenticator::confirm.
Result<TokenPair> start_session(Authenticator& authenticator, SessionIssuer& sessions,
                                const AuthenticatedUser& authenticated, const PasswordLogin& login, Instant now);

// Both steps. Hashes: on a thread that may. Errors: those of both.
Result<TokenPair> log_in(Authenticator& authenticator, SessionIssuer& sessions, const PasswordLogin& login,
                         Instant now);

}  // namespace cardea
