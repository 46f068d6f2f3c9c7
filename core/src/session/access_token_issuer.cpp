#include <cardea/core/base/base64url.hpp>
#include <cardea/core/session/access_token_issuer.hpp>

#include "base/random_bytes.hpp"

namespace cardea {
namespace {

// 128 bits: no two tokens have the same one (RFC 7519 section 4.1.7).
std::string new_token_id() { return to_base64url(random_bytes(16)); }

}  // namespace

Claims AccessTokenIssuer::claims_of(const User& user, Instant now, TokenProfile profile) const {
  const auto& address = profile == TokenProfile::rfc9068 ? addresses_.rfc9068 : addresses_.tutorial;
  const Instant issued_at = std::chrono::floor<std::chrono::seconds>(now);
  Claims claims;
  if (address.issuer) claims.issuer = address.issuer->value;
  if (address.audience) claims.audience = std::vector{address.audience->value};
  claims.subject = std::string(user.username.text());
  claims.role = std::string(user.role.name());
  claims.issued_at = issued_at;
  claims.expires_at = issued_at + lifetime_;
  if (profile == TokenProfile::rfc9068) {
    claims.token_id = new_token_id();
    claims.others["client_id"] = kFirstPartyClient;
  }
  return claims;
}

template <class Add>
Result<AccessToken> AccessTokenIssuer::issue_with(const User& user, Instant now, Add add) const {
  const auto signer = signers_->signer_at(now);
  if (!signer) return failure(ErrorCode::internal_error, PrivateText{"no key signs at this time"});
  auto claims = claims_of(user, now, profile_of(signer->type()));
  add(claims);
  auto token = signer->sign(claims);
  if (!token) return failure(std::move(token).error());
  return AccessToken{.token = *std::move(token), .expires_in = lifetime_};
}

Result<AccessToken> AccessTokenIssuer::issue(const User& user, Instant now, std::string_view scope) const {
  return issue_with(user, now, [scope](Claims& claims) {
    if (!scope.empty()) claims.scope = std::string(scope);
  });
}

Result<AccessToken> AccessTokenIssuer::issue(const User& user, const SessionId& session, Instant now) const {
  return issue_with(user, now, [&session](Claims& claims) { claims.session_id = session.text(); });
}

}  // namespace cardea
