// POST /oauth2/token: what a client gets tokens from (RFC 6749 section 3.2).
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::service {

// The password grant is refused unless the configuration allows it, for clients that can't be changed: it hands the
// user's password to the client (RFC 9700 section 2.4).
enum class Grant : unsigned char { client_credentials, refresh_token, password };
inline constexpr std::array kGrants{Grant::client_credentials, Grant::refresh_token, Grant::password};
inline constexpr std::array kAdvertisedGrants{Grant::client_credentials, Grant::refresh_token};

std::string_view name_of(Grant grant) noexcept;  // as grant_type has it

struct TokenRequest {
  std::string grant_type;
  std::optional<std::string> refresh_token;
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> scope;
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};
BOOST_DESCRIBE_STRUCT(TokenRequest, (),
                      (grant_type, refresh_token, username, password, scope, client_id, client_secret))

struct OAuthTokenAnswer {
  std::string access_token;
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds
  std::string scope;            // what was granted; left out if that is nothing
  std::optional<Secret> refresh_token;
};

// Uses an AuthorizationServer, a ClientAuthenticator, an AccessTokenIssuer, a SessionIssuer, an Authenticator, an
// AuditSink, a BlockingPool and HashingThreads. Errors have the shape of RFC 6749.
//
// The refresh tokens are those of a user's login, here or at /auth/login, which belong to no registered client: whoever
// holds one may exchange it here as at /auth/refresh, and a client that says who it is says the truth.
void add_oauth_token(web::App& app);

}  // namespace cardea::service

// An answer with a token in it is kept by no cache (RFC 6749 section 5.1).
template <>
struct cardea::web::Responder<cardea::service::OAuthTokenAnswer> {
  static Result<Response> respond(service::OAuthTokenAnswer& answer);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
