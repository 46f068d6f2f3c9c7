// POST /oauth2/token: what a client gets tokens from (RFC 6749 section 3.2).
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::service {

// The grants that there are; the password grant is not one of them (RFC 9700 section 2.4).
enum class Grant : unsigned char { client_credentials };
inline constexpr std::array kGrants{Grant::client_credentials};

std::string_view name_of(Grant grant) noexcept;  // as grant_type has it

struct TokenRequest {
  std::string grant_type;
  std::optional<std::string> scope;
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};
BOOST_DESCRIBE_STRUCT(TokenRequest, (), (grant_type, scope, client_id, client_secret))

struct OAuthTokenAnswer {
  std::string access_token;
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds
  std::string scope;            // what was granted; left out if that is nothing
};

// Uses a ClientAuthenticator, an AccessTokenIssuer and an AuditSink. Errors have the shape of RFC 6749.
void add_oauth_token(web::App& app);

}  // namespace cardea::service

// An answer with a token in it is kept by no cache (RFC 6749 section 5.1).
template <>
struct cardea::web::Responder<cardea::service::OAuthTokenAnswer> {
  static Result<Response> respond(service::OAuthTokenAnswer& answer);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
