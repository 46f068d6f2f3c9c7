// POST /auth/login: a user name and a password for an access token, as the OAuth 2 password form has it.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <string>

namespace cardea::service {

struct Credentials {
  std::string username;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (username, password))

struct AccessTokenAnswer {
  std::string access_token;
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(AccessTokenAnswer, (), (access_token, token_type, expires_in))

// Uses an Authenticator, an AccessTokenIssuer and HashingThreads. The body may be urlencoded, multipart or JSON, 4 KiB
// at the most.
void add_login(web::App& app);

}  // namespace cardea::service

// An answer with a token in it is kept by no cache (RFC 6749 section 5.1).
template <>
struct cardea::web::Responder<cardea::service::AccessTokenAnswer> {
  static Result<Response> respond(service::AccessTokenAnswer& answer);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
