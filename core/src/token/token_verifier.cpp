#include <algorithm>
#include <cardea/core/token/token_verifier.hpp>

#include "token/claims_reader.hpp"

namespace cardea {
namespace {

Done check_type(const TokenPolicy& policy, const std::optional<std::string>& typ) {
  const auto required = policy.required_type();
  const auto is_accepted = [&](TokenType type) { return (!required || *required == type) && is_named(type, *typ); };
  if (!typ && !required) return {};
  if (typ && (is_accepted(TokenType::jwt) || is_accepted(TokenType::access_token))) return {};
  return failure(ErrorCode::token_type_refused);
}

Done check_dates(const TokenPolicy& policy, const Claims& claims, NumericDate now) {
  const auto skew = policy.clock_skew();
  if (!claims.expires_at && policy.requires_expiry()) return failure(ErrorCode::token_expiry_missing);
  if (claims.expires_at && now >= claims.expires_at->plus(skew)) return failure(ErrorCode::token_expired);
  const auto is_ahead = [&](const std::optional<NumericDate>& date) { return date && *date > now.plus(skew); };
  if (is_ahead(claims.not_before) || is_ahead(claims.issued_at)) return failure(ErrorCode::token_not_yet_valid);
  return {};
}

Done check_issuer(const TokenPolicy& policy, const Claims& claims) {
  if (policy.issuer() && claims.issuer != policy.issuer()->value) return failure(ErrorCode::token_issuer_refused);
  return {};
}

// A token that is addressed to others is refused also by a verifier that expects no address.
Done check_audience(const TokenPolicy& policy, const Claims& claims) {
  if (!policy.audience() && !claims.audience) return {};
  const bool is_addressed_here =
      policy.audience() && claims.audience &&
      std::ranges::find(*claims.audience, policy.audience()->value) != claims.audience->end();
  if (!is_addressed_here) return failure(ErrorCode::token_audience_refused);
  return {};
}

}  // namespace

TokenVerifier::TokenVerifier(VerificationKeySet keys, TokenPolicy policy)
    : TokenVerifier(std::make_shared<FixedKeys>(std::move(keys)), std::move(policy)) {}

TokenVerifier::TokenVerifier(std::shared_ptr<KeySource> keys, TokenPolicy policy)
    : keys_(std::move(keys)), policy_(std::move(policy)), policy_for_secrets_(policy_) {}

TokenVerifier::TokenVerifier(std::shared_ptr<KeySource> keys, TokenPolicy policy, TokenPolicy policy_for_secrets)
    : keys_(std::move(keys)), policy_(std::move(policy)), policy_for_secrets_(std::move(policy_for_secrets)) {}

const TokenPolicy& TokenVerifier::policy_for(Algorithm algorithm) const noexcept {
  return is_symmetric(algorithm) ? policy_for_secrets_ : policy_;
}

Result<VerifiedToken> TokenVerifier::verify(std::string_view compact, Instant now) const {
  const auto keys = keys_->keys_at(now);
  return verify(compact, now, *keys);
}

Result<VerifiedToken> TokenVerifier::verify(std::string_view compact, Instant now, const JwsVerifier& keys) const {
  Result<VerifiedToken> token{VerifiedToken{}};
  if (auto read = read_verified(compact, now, keys, *token); !read) token = failure(std::move(read).error());
  return token;
}

Done TokenVerifier::check_times(const VerifiedToken& token, Instant now) const {
  return check_dates(policy_for(token.algorithm_), token.claims(), NumericDate{now});
}

Done TokenVerifier::read_verified(std::string_view compact, Instant now, const JwsVerifier& keys,
                                  VerifiedToken& token) const {
  JwsBuffer buffer;
  const auto jws = keys.verify(compact, buffer);
  if (!jws) return failure(jws.error());
  token.algorithm_ = jws->header().algorithm;
  const auto& policy = policy_for(token.algorithm_);
  auto& claims = token.claims_;
  if (auto type = check_type(policy, jws->header().type); !type) return type;
  if (auto read = read_claims(jws->payload(), claims); !read) return read;
  if (auto times = check_dates(policy, claims, NumericDate{now}); !times) return times;
  if (auto issuer = check_issuer(policy, claims); !issuer) return issuer;
  return check_audience(policy, claims);
}

}  // namespace cardea
