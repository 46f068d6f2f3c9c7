// POST /auth/login: a user name and a password for an access token and a refresh token, as the OAuth 2 password form
// has it.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/service/routes/token_answer.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>

namespace cardea::service {

struct Credentials {
  std::string username;
  std::string password;
  std::optional<bool> refresh_cookie;  // true: for a browser, the refresh token comes in a cookie that no script reads
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (username, password, refresh_cookie))

// Uses an Authenticator, a SessionIssuer and HashingThreads. The body may be urlencoded, multipart or JSON, 4 KiB at
// the most.
void add_login(web::App& app);

}  // namespace cardea::service
