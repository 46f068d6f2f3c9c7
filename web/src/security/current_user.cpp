#include <cardea/web/security/current_user.hpp>

#include "security/authentication.hpp"

namespace cardea::web {
namespace {

CurrentUser caller(User user) {
  return {user.id.value, std::string(user.username.text()), std::string(user.role.name())};
}

constexpr authentication::Search kUsers{&TokenAuthenticator::user_known_now, &TokenAuthenticator::user_of, &caller};

}  // namespace

Task<Result<CurrentUser>> CurrentUser::resolve(const BearerToken& token, Use<TokenAuthenticator> authenticator,
                                               Exchange& exchange) {
  return authentication::authenticate(token.value, *authenticator, kUsers, exchange);
}

Task<Result<OptionalUser>> OptionalUser::resolve(const PresentedToken& token, Use<TokenAuthenticator> authenticator,
                                                 Exchange& exchange) {
  if (!token.value) co_return OptionalUser{};
  auto user = co_await authentication::authenticate(*token.value, *authenticator, kUsers, exchange);
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
