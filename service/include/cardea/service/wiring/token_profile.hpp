// What a configuration says about access tokens: what is in them, and what is asked of them.
#pragma once

#include <cardea/core/key/signing_key.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/service/config/config.hpp>

namespace cardea::service {

// Demands the configured issuer and audience, where there are any.
TokenPolicy token_policy_of(const Config& config);

AccessTokenIssuer access_token_issuer_of(const Config& config, SigningKey key);

}  // namespace cardea::service
