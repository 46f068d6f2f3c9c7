#include <cardea/service/wiring/token_profile.hpp>

namespace cardea::service {

TokenPolicy token_policy_of(const Config& config) {
  auto policy = TokenPolicy::tutorial();
  if (config.issuer) policy = std::move(policy).expecting_issuer(Issuer{*config.issuer});
  if (config.audience) policy = std::move(policy).expecting_audience(Audience{*config.audience});
  return policy;
}

AccessTokenIssuer access_token_issuer_of(const Config& config, SigningKey key) {
  TokenAddress address;
  if (config.issuer) address.issuer = Issuer{*config.issuer};
  if (config.audience) address.audience = Audience{*config.audience};
  return AccessTokenIssuer{TokenSigner{std::move(key)}, config.access_token_lifetime, std::move(address)};
}

}  // namespace cardea::service
