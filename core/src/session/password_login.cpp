#include <cardea/core/session/password_login.hpp>

namespace cardea {

Result<TokenPair> start_session(Authenticator& authenticator, SessionIssuer& sessions,
                                const AuthenticatedUser& authenticated, const PasswordLogin& login, Instant now) {
  auto tokens = sessions.start(authenticated.user, login.client, now);
  if (!tokens) return failure(std::move(tokens).error());
  if (auto confirmed = authenticator.confirm(authenticated, login.password, login.origin, now); !confirmed) {
    [[maybe_unused]] const auto revoked = sessions.revoke(tokens->refresh_token.expose(), login.origin, now);
    return failure(std::move(confirmed).error());
  }
  return tokens;
}

Result<TokenPair> log_in(Authenticator& authenticator, SessionIssuer& sessions, const PasswordLogin& login,
                         Instant now) {
  const auto authenticated = authenticator.authenticate(login.username, login.password, login.origin, now);
  if (!authenticated) return failure(authenticated.error());
  return start_session(authenticator, sessions, *authenticated, login, now);
}

}  // namespace cardea
