#include <cardea/web/security/current_principal.hpp>

#include "security/ask_on_the_pool.hpp"

namespace cardea::web {
namespace {

Result<CurrentPrincipal> caller(Result<Principal> principal) {
  if (!principal) return failure(std::move(principal).error());
  return CurrentPrincipal{*std::move(principal)};
}

}  // namespace

std::optional<Result<CurrentPrincipal>> CurrentPrincipal::resolve_now(const VerifiedBearerToken& token,
                                                                      Use<PrincipalAuthenticator> authenticator,
                                                                      Exchange& exchange) {
  const auto& context = exchange.context();
  auto principal = authenticator->principal_known_now(*token.token, context.origin, context.received_at);
  if (!principal) return std::nullopt;
  return caller(*std::move(principal));
}

Task<Result<CurrentPrincipal>> CurrentPrincipal::resolve(const VerifiedBearerToken& token,
                                                         Use<PrincipalAuthenticator> authenticator,
                                                         Exchange& exchange) {
  auto question = [token = token.token, authenticator](const RequestContext& context) {
    return authenticator->principal_of(*token, context.origin, context.received_at);
  };
  auto principal = co_await ask_on_the_pool(exchange, std::move(question));
  co_return caller(std::move(principal));
}

void CurrentPrincipal::describe(Operation& operation) {
  operation.requirements.emplace_back("principal");
  operation.refusals.insert({401, 503});
}

}  // namespace cardea::web
