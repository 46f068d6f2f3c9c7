#include <cardea/service/routes/token_answer.hpp>

#include "routes/refresh_cookie.hpp"

namespace cardea::service {
namespace {

struct AnswerWithoutRefreshToken {
  std::string access_token;
  std::string token_type;
  std::int64_t expires_in = 0;
};
BOOST_DESCRIBE_STRUCT(AnswerWithoutRefreshToken, (), (access_token, token_type, expires_in))

namespace json = boost::json;

constexpr const char* kBearer = "bearer";

std::string body_of(TokenReply& reply) {
  auto& access = reply.tokens.access;
  if (reply.transport == RefreshTransport::cookie) {
    return web::to_json(AnswerWithoutRefreshToken{std::move(access.token), kBearer, access.expires_in.count()});
  }
  return web::to_json(TokenAnswer{std::move(access.token), kBearer, access.expires_in.count(),
                                  std::string(reply.tokens.refresh_token.expose())});
}

// Without a refresh token where that is in a cookie.
json::object token_answer_schema() {
  const json::object text{{"type", "string"}};
  const json::object members{{"access_token", text},
                             {"token_type", text},
                             {"expires_in", {{"type", "integer"}, {"format", "int64"}}},
                             {"refresh_token", text}};
  return {{"type", "object"}, {"properties", members}, {"required", {"access_token", "token_type", "expires_in"}}};
}

}  // namespace
}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::TokenReply>::respond(service::TokenReply& reply) {
  auto response = responder_detail::json_response(200, service::body_of(reply));
  response.headers.add("Cache-Control", "no-store");
  if (reply.transport == service::RefreshTransport::cookie) {
    response.headers.add("Set-Cookie", service::RefreshCookie::set(reply.tokens));
  }
  return response;
}

responder_detail::Success Responder<service::TokenReply>::describe(SchemaRegistry& schemas) {
  return {200, schemas.reference("TokenAnswer", service::token_answer_schema), true};
}

}  // namespace cardea::web
