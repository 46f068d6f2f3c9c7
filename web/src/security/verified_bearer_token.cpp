#include <cardea/web/security/verified_bearer_token.hpp>

#include "security/ask_on_the_pool.hpp"

namespace cardea::web {
namespace {

Result<VerifiedBearerToken> held(Result<SharedToken> token) {
  if (!token) return failure(std::move(token).error());
  return VerifiedBearerToken{*std::move(token)};
}

}  // namespace

std::optional<Result<VerifiedBearerToken>> VerifiedBearerToken::resolve_now(const BearerToken& presented,
                                                                            Use<PrincipalAuthenticator> authenticator,
                                                                            Exchange& exchange) {
  const auto& context = exchange.context();
  auto token = authenticator->verify_now(presented.value, context.origin, context.received_at);
  if (!token) return std::nullopt;
  return held(*std::move(token));
}

Task<Result<VerifiedBearerToken>> VerifiedBearerToken::resolve(const BearerToken& presented,
                                                               Use<PrincipalAuthenticator> authenticator,
                                                               Exchange& exchange) {
  auto question = [compact = presented.value, authenticator](const RequestContext& context) {
    return authenticator->verify(compact, context.origin, context.received_at);
  };
  auto token = co_await ask_on_the_pool(exchange, std::move(question));
  co_return held(std::move(token));
}

}  // namespace cardea::web
