// The JWK set of another service: public keys only, and at least one that can verify here.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/key/verification_key_set.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace cardea {

struct PublicJwkSet {
  VerificationKeySet keys;
  // Equal for two texts only if they hold the same keys; mostly so, whatever the order of keys and of their members.
  std::string canonical;
};

// Error: key_set_unusable. Its private text says why, and repeats nothing of the text but what names a key.
Result<PublicJwkSet> read_public_jwk_set(std::string_view text, std::size_t largest);

}  // namespace cardea
