#include <cardea/core/session/access_token_issuer.hpp>

namespace cardea {

Result<AccessToken> AccessTokenIssuer::issue(const User& user, Instant now) const {
  const Instant issued_at = std::chrono::floor<std::chrono::seconds>(now);
  Claims claims;
  if (address_.issuer) claims.issuer = address_.issuer->value;
  if (address_.audience) claims.audience = std::vector{address_.audience->value};
  claims.subject = std::string(user.username.text());
  claims.role = std::string(user.role.name());
  claims.issued_at = issued_at;
  claims.expires_at = issued_at + lifetime_;
  auto token = signer_.sign(claims);
  if (!token) return failure(std::move(token).error());
  return AccessToken{.token = *std::move(token), .expires_in = lifetime_};
}

}  // namespace cardea
