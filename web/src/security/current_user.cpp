#include <cardea/web/run/blocking_pool.hpp>
#include <cardea/web/security/current_user.hpp>

namespace cardea::web {
namespace {

CurrentUser caller(const User& user) {
  return {user.id.value, std::string(user.username.text()), std::string(user.role.name())};
}

Task<Result<User>> look_up(VerifiedToken token, TokenAuthenticator& authenticator, Exchange& exchange) {
  auto job = [shared = exchange.shared_from_this(), token = std::move(token), &authenticator] {
    return authenticator.user_of(token, shared->context().origin, shared->context().received_at);
  };
  return exchange.provisions().find<BlockingPool>()->run(std::move(job));
}

// The signature is checked here, on the I/O thread; only an account that is not known yet is looked up on the pool.
Task<Result<CurrentUser>> authenticate(const std::string& token, TokenAuthenticator& authenticator,
                                       Exchange& exchange) {
  const auto& context = exchange.context();
  auto verified = authenticator.verify(token, context.origin, context.received_at);
  if (!verified) co_return failure(std::move(verified).error());
  auto known = authenticator.user_known_now(*verified, context.origin, context.received_at);
  if (!known) known = co_await look_up(std::move(*verified), authenticator, exchange);
  if (!*known) co_return failure(std::move(*known).error());
  co_return caller(**known);
}

}  // namespace

Task<Result<CurrentUser>> CurrentUser::resolve(const BearerToken& token, Use<TokenAuthenticator> authenticator,
                                               Exchange& exchange) {
  return authenticate(token.value, *authenticator, exchange);
}

Task<Result<OptionalUser>> OptionalUser::resolve(const PresentedToken& token, Use<TokenAuthenticator> authenticator,
                                                 Exchange& exchange) {
  if (!token.value) co_return OptionalUser{};
  auto user = co_await authenticate(*token.value, *authenticator, exchange);
  if (!user) co_return failure(std::move(user).error());
  co_return OptionalUser{std::move(*user)};
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
