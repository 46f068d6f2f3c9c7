#include <cardea/web/run/blocking_pool.hpp>
#include <cardea/web/security/current_user.hpp>

namespace cardea::web {
namespace {

// The signature is checked here, on the I/O thread; the look-up of the account may block.
Task<Result<CurrentUser>> authenticate(const std::string& token, TokenAuthenticator& authenticator,
                                       Exchange& exchange) {
  const auto now = exchange.context().received_at;
  auto verified = authenticator.verify(token, exchange.context().origin, now);
  if (!verified) co_return failure(std::move(verified).error());
  auto look_up = [shared = exchange.shared_from_this(), verified = std::move(*verified), &authenticator, now] {
    return authenticator.user_of(verified, shared->context().origin, now);
  };
  auto* pool = exchange.provisions().find<BlockingPool>();
  auto user = co_await pool->run(std::move(look_up));
  if (!user) co_return failure(std::move(user).error());
  co_return CurrentUser{user->id.value, std::string(user->username.text()), std::string(user->role.name())};
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
