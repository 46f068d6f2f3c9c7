#include <cardea/service/wiring/token_rules.hpp>

namespace cardea::service {
namespace {

// RFC 9068 section 3: without a resource of its own, a token is for the issuer itself.
Audience audience_of(const Config& config) {
  return config.audience ? Audience{*config.audience} : Audience{issuer_of(config).value};
}

}  // namespace

TokenProfile token_profile_of(const Config& config, KeyKind kind) noexcept {
  if (config.token_profile) return *config.token_profile;
  return kind == KeyKind::asymmetric || config.issuer ? TokenProfile::rfc9068 : TokenProfile::tutorial;
}

Issuer issuer_of(const Config& config) { return config.issuer ? Issuer{*config.issuer} : Issuer{own_url_of(config)}; }

TokenPolicy token_policy_of(const Config& config, KeyKind kind) {
  if (token_profile_of(config, kind) == TokenProfile::rfc9068) {
    return TokenPolicy::rfc9068(issuer_of(config), audience_of(config));
  }
  auto policy = TokenPolicy::tutorial();
  if (config.issuer) policy = std::move(policy).expecting_issuer(Issuer{*config.issuer});
  if (config.audience) policy = std::move(policy).expecting_audience(Audience{*config.audience});
  return policy;
}

TokenVerifier token_verifier_of(const Config& config, std::shared_ptr<KeySource> keys) {
  return {std::move(keys), token_policy_of(config, KeyKind::asymmetric), token_policy_of(config, KeyKind::symmetric)};
}

AccessTokenIssuer access_token_issuer_of(const Config& config, std::shared_ptr<const SignerSource> signers) {
  TokenAddresses addresses;
  addresses.rfc9068 = {issuer_of(config), audience_of(config)};
  if (config.issuer) addresses.tutorial.issuer = Issuer{*config.issuer};
  if (config.audience) addresses.tutorial.audience = Audience{*config.audience};
  return AccessTokenIssuer{std::move(signers), config.access_token_lifetime, std::move(addresses)};
}

}  // namespace cardea::service
