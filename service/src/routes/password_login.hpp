// A session for a user name and a password.
#pragma once

#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/web/http/request_context.hpp>
#include <string>

namespace cardea::service {

struct PasswordLogin {
  std::string username;
  Secret password;
  ClientTrace client;
  web::RequestContext context;
};

// Hashes: on the hashing threads. A password that was changed meanwhile takes the login back. Errors: those of
// Authenticator::authenticate and confirm, and of SessionIssuer::start.
Result<TokenPair> log_in(Authenticator& authenticator, SessionIssuer& sessions, const PasswordLogin& login);

}  // namespace cardea::service
