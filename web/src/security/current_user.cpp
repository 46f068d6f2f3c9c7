#include <cardea/core/access/token_scope.hpp>
#include <cardea/web/security/current_user.hpp>

#include "security/ask_on_the_pool.hpp"

namespace cardea::web {
namespace {

Result<CurrentUser> caller(Result<User> user, const VerifiedToken& token) {
  if (!user) return failure(std::move(user).error());
  return CurrentUser{user->id.value, std::string(user->username.text()), std::string(user->role.name()),
                     std::move(user->other_roles), token_scope(token.claims())};
}

}  // namespace

std::optional<Result<CurrentUser>> CurrentUser::resolve_now(const VerifiedBearerToken& token,
                                                            Use<TokenAuthenticator> authenticator, Exchange& exchange) {
  const auto& context = exchange.context();
  auto user = authenticator->user_known_now(*token.token, context.origin, context.received_at);
  if (!user) return std::nullopt;
  return caller(*std::move(user), *token.token);
}

Task<Result<CurrentUser>> CurrentUser::resolve(const VerifiedBearerToken& token, Use<TokenAuthenticator> authenticator,
                                               Exchange& exchange) {
  auto question = [token = token.token, authenticator](const RequestContext& context) {
    return authenticator->user_of(*token, context.origin, context.received_at);
  };
  auto user = co_await ask_on_the_pool(exchange, std::move(question));
  co_return caller(std::move(user), *token.token);
}

std::optional<Result<OptionalUser>> OptionalUser::resolve_now(const PresentedToken& presented, Use<TokenAuthenticator>,
                                                              Exchange&) {
  if (presented.value) return std::nullopt;
  return OptionalUser{};
}

Task<Result<OptionalUser>> OptionalUser::resolve(const PresentedToken& presented, Use<TokenAuthenticator> authenticator,
                                                 Exchange& exchange) {
  const BearerToken bearer{*presented.value};
  const Use<PrincipalAuthenticator> verifier{*authenticator};
  auto token = VerifiedBearerToken::resolve_now(bearer, verifier, exchange);
  if (!token) token = co_await VerifiedBearerToken::resolve(bearer, verifier, exchange);
  if (!*token) co_return failure(std::move(*token).error());
  auto user = CurrentUser::resolve_now(**token, authenticator, exchange);
  if (!user) user = co_await CurrentUser::resolve(**token, authenticator, exchange);
  if (!*user) co_return failure(std::move(*user).error());
  co_return OptionalUser{**std::move(user)};
}

void CurrentUser::describe(Operation& operation) {
  operation.requirements.emplace_back("user");
  operation.refusals.insert({401, 503});
}

void OptionalUser::describe(Operation& operation) {
  operation.requirements.emplace_back("anyone, a user if there is a token");
  operation.takes_bearer_token = true;
  operation.bearer_token_is_optional = true;
  operation.refusals.insert({400, 401, 503});
}

}  // namespace cardea::web
