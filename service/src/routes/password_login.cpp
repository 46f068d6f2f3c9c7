#include "routes/password_login.hpp"

namespace cardea::service {

Result<TokenPair> log_in(Authenticator& authenticator, SessionIssuer& sessions, const PasswordLogin& login) {
  const auto& [origin, now] = std::tie(login.context.origin, login.context.received_at);
  const auto authenticated = authenticator.authenticate(login.username, login.password, origin, now);
  if (!authenticated) return failure(authenticated.error());
  auto tokens = sessions.start(authenticated->user, login.client, now);
  if (!tokens) return failure(std::move(tokens).error());
  if (auto confirmed = authenticator.confirm(*authenticated, login.password, origin, now); !confirmed) {
    static_cast<void>(sessions.revoke(tokens->refresh_token.expose(), origin, now));
    return failure(std::move(confirmed).error());
  }
  return tokens;
}

}  // namespace cardea::service
