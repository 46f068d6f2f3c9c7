#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/web/security/allowing_api_keys.hpp>
#include <cardea/web/security/verified_bearer_token.hpp>

#include "security/ask_on_the_pool.hpp"

namespace cardea::web {
namespace {

using AnyPrincipal = AllowingApiKeys<CurrentPrincipal>;

Result<AnyPrincipal> caller(Result<Principal> principal) {
  if (!principal) return failure(std::move(principal).error());
  return AnyPrincipal{{*std::move(principal)}};
}

Result<Principal> principal_of(Result<CurrentPrincipal> current) {
  if (!current) return failure(std::move(current).error());
  return std::move(current->principal);
}

std::optional<Result<Principal>> token_known_now(const BearerToken& presented, Use<PrincipalAuthenticator> tokens,
                                                 Exchange& exchange) {
  auto token = VerifiedBearerToken::resolve_now(presented, tokens, exchange);
  if (!token) return std::nullopt;
  if (!*token) return failure(std::move(*token).error());
  auto current = CurrentPrincipal::resolve_now(**token, tokens, exchange);
  if (!current) return std::nullopt;
  return principal_of(*std::move(current));
}

Task<Result<Principal>> of_token(const BearerToken& presented, Use<PrincipalAuthenticator> tokens, Exchange& exchange) {
  auto token = VerifiedBearerToken::resolve_now(presented, tokens, exchange);
  if (!token) token = co_await VerifiedBearerToken::resolve(presented, tokens, exchange);
  if (!*token) co_return failure(std::move(*token).error());
  auto current = CurrentPrincipal::resolve_now(**token, tokens, exchange);
  if (!current) current = co_await CurrentPrincipal::resolve(**token, tokens, exchange);
  co_return principal_of(*std::move(current));
}

Task<Result<Principal>> of_key(const BearerToken& presented, Use<ApiKeyAuthenticator> keys, Exchange& exchange) {
  auto question = [text = presented.value, keys](const RequestContext& context) {
    return keys->principal_of(text, context.origin, context.received_at);
  };
  return ask_on_the_pool(exchange, std::move(question));
}

}  // namespace

std::optional<Result<AnyPrincipal>> AnyPrincipal::resolve_now(const BearerToken& presented,
                                                              Use<PrincipalAuthenticator> tokens,
                                                              Use<ApiKeyAuthenticator> keys, Exchange& exchange) {
  const auto& context = exchange.context();
  auto known = says_it_is_an_api_key(presented.value)
                   ? keys->principal_known_now(presented.value, context.origin, context.received_at)
                   : token_known_now(presented, tokens, exchange);
  if (!known) return std::nullopt;
  return caller(*std::move(known));
}

Task<Result<AnyPrincipal>> AnyPrincipal::resolve(const BearerToken& presented, Use<PrincipalAuthenticator> tokens,
                                                 Use<ApiKeyAuthenticator> keys, Exchange& exchange) {
  if (says_it_is_an_api_key(presented.value)) {
    auto principal = co_await of_key(presented, keys, exchange);
    co_return caller(std::move(principal));
  }
  auto principal = co_await of_token(presented, tokens, exchange);
  co_return caller(std::move(principal));
}

void AnyPrincipal::describe(Operation& operation) {
  operation.requirements.emplace_back("principal or API key");
  operation.takes_api_key = true;
  operation.refusals.insert({401, 503});
}

}  // namespace cardea::web
