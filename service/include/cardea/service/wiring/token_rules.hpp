// What a configuration says about access tokens: what is in them, and what is asked of them.
#pragma once

#include <cardea/core/key/jwk.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <cardea/service/config/config.hpp>
#include <memory>

namespace cardea::service {

// The configured one; otherwise rfc9068 for tokens that a pair of keys signs, and for all if an issuer is configured.
TokenProfile token_profile_of(const Config& config, KeyKind kind) noexcept;

// The `iss` of the profile rfc9068: the configured one, or http:// and the listening address.
Issuer issuer_of(const Config& config);

// Demands what tokens of the profile have: the configured issuer and audience, and for rfc9068 the type, too.
TokenVerifier token_verifier_of(const Config& config, std::shared_ptr<KeySource> keys);
TokenPolicy token_policy_of(const Config& config, KeyKind kind);

AccessTokenIssuer access_token_issuer_of(const Config& config, std::shared_ptr<const SignerSource> signers);

}  // namespace cardea::service
