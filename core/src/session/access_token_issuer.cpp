#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/core/session/access_token_issuer.hpp>

namespace cardea {
namespace {

// 128 bits: no two tokens have the same one (RFC 7519 section 4.1.7).
std::string new_token_id() { return to_base64url(random_bytes(16)); }

void add_user(Claims& claims, const User& user, TokenProfile profile) {
  claims.role = std::string(user.role.name());
  if (profile == TokenProfile::rfc9068) claims.others["client_id"] = AccessTokenIssuer::kFirstPartyClient;
}

}  // namespace

Claims AccessTokenIssuer::claims_of(std::string_view subject, Instant now, TokenProfile profile) const {
  const auto& address = profile == TokenProfile::rfc9068 ? addresses_.rfc9068 : addresses_.tutorial;
  const Instant issued_at = std::chrono::floor<std::chrono::seconds>(now);
  Claims claims;
  if (address.issuer) claims.issuer = address.issuer->value;
  if (address.audience) claims.audience = std::vector{address.audience->value};
  claims.subject = std::string(subject);
  claims.issued_at = issued_at;
  claims.expires_at = issued_at + lifetime_;
  if (profile == TokenProfile::rfc9068) claims.token_id = new_token_id();
  return claims;
}

template <class Add>
Result<AccessToken> AccessTokenIssuer::issue_with(std::string_view subject, Instant now, Add add) const {
  const auto signer = signers_->signer_at(now);
  if (!signer) return failure(ErrorCode::internal_error, PrivateText{"no key signs at this time"});
  const auto profile = profile_of(signer->type());
  auto claims = claims_of(subject, now, profile);
  add(claims, profile);
  auto token = signer->sign(claims);
  if (!token) return failure(std::move(token).error());
  return AccessToken{.token = *std::move(token), .expires_in = lifetime_};
}

Result<AccessToken> AccessTokenIssuer::issue(const User& user, Instant now, std::string_view scope) const {
  return issue_with(user.username.text(), now, [&user, scope](Claims& claims, TokenProfile profile) {
    add_user(claims, user, profile);
    if (!scope.empty()) claims.scope = std::string(scope);
  });
}

Result<AccessToken> AccessTokenIssuer::issue(const User& user, const SessionId& session, Instant now) const {
  return issue_with(user.username.text(), now, [&user, &session](Claims& claims, TokenProfile profile) {
    add_user(claims, user, profile);
    claims.session_id = session.text();
  });
}

Result<AccessToken> AccessTokenIssuer::issue_for_client(const OAuthClient& client, Instant now,
                                                        std::string_view scope) const {
  return issue_with(client.id.text(), now, [&client, scope](Claims& claims, TokenProfile) {
    claims.others["client_id"] = client.id.text();
    if (!scope.empty()) claims.scope = std::string(scope);
  });
}

}  // namespace cardea
