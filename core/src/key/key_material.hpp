// What of a key is sealed and stored: the bytes of a shared secret, or PKCS #8.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/key/signing_key.hpp>

namespace cardea {

struct NewKey {
  SigningKey key;
  Secret material;
};

// Its name does not begin with a dash, so that it can be typed as an argument.
NewKey new_key(Algorithm algorithm);

// Errors: key_unusable.
Result<SigningKey> signing_key_of(const Secret& material, Algorithm algorithm, const KeyId& id);
// As one JWK, private members included.
Result<Secret> jwk_of(const Secret& material, Algorithm algorithm, const KeyId& id);

}  // namespace cardea
