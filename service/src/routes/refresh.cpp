#include <cardea/service/routes/refresh.hpp>
#include <cardea/service/routes/token_answer.hpp>

#include "routes/client.hpp"
#include "routes/refresh_cookie.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

struct RefreshRequest {
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshRequest, (), (refresh_token))

// A body is preferred: whoever sends one means it.
struct PresentedRefreshToken {
  Secret token;
  RefreshTransport transport{};

  static Result<PresentedRefreshToken> resolve(const web::Request& request, const RefreshCookie& cookie) {
    if (request.body.empty() && cookie.is_present()) {
      auto token = cookie.token();
      if (!token) return failure(std::move(token).error());
      return PresentedRefreshToken{Secret{*std::move(token)}, RefreshTransport::cookie};
    }
    auto body = web::FormOrJsonBody<RefreshRequest>::resolve(request);
    if (!body) return failure(std::move(body).error());
    return PresentedRefreshToken{Secret{std::move(body->value.refresh_token)}, RefreshTransport::body};
  }
  static void describe(web::Operation& operation) {
    web::FormOrJsonBody<RefreshRequest>::describe(operation);
    operation.bodies.back().required = false;  // the cookie will do
    operation.refusals.insert({401, 403, 503});
  }
};

Result<TokenReply> answer(web::Public, const PresentedRefreshToken& presented, const Client& client,
                          const web::RequestContext& context, web::Use<SessionIssuer> sessions) {
  auto tokens = sessions->refresh(presented.token.expose(), client.trace, context.origin, context.received_at);
  if (!tokens) return failure(std::move(tokens).error());
  return TokenReply{*std::move(tokens), presented.transport};
}

}  // namespace

void add_refresh(web::App& app) {
  app.post<"/auth/refresh">(answer)
      .blocking()
      .body_limit(kLongestBody)
      .issues_tokens()
      .tag("authentication")
      .summary("Exchange a refresh token for new tokens")
      .description(
          "A refresh token counts once. Sent again within ten seconds, because a reply was lost or two tabs asked at "
          "once, it is answered with the token that counts now; later someone has a copy of it, and the session ends.");
}

}  // namespace cardea::service
