// What a login and a refresh answer with: an access token, and a refresh token in the body or in a cookie.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <string>

namespace cardea::service {

struct TokenAnswer {
  std::string access_token;
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(TokenAnswer, (), (access_token, token_type, expires_in, refresh_token))

enum class RefreshTransport : unsigned char { body, cookie };

// In a cookie, the refresh token is in no member of the body.
struct TokenReply {
  TokenPair tokens;
  RefreshTransport transport = RefreshTransport::body;
};

}  // namespace cardea::service

// An answer with a token in it is kept by no cache (RFC 6749 section 5.1).
template <>
struct cardea::web::Responder<cardea::service::TokenReply> {
  static Result<Response> respond(service::TokenReply& reply);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
