// One JSON Web Key, read for verification (RFC 7517 section 4, RFC 7518 section 6).
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/key/verification_key.hpp>
#include <optional>
#include <vector>

namespace cardea {

enum class KeyKind : unsigned char {
  symmetric,   // oct
  asymmetric,  // RSA, EC, OKP
  unknown,     // skipped (RFC 7517 section 5)
};

struct Jwk {
  KeyKind kind = KeyKind::unknown;
  std::optional<KeyId> id;  // as the JWK states it
  // Nothing if the key is of another kind, or its use, key_ops or alg are not for verifying signatures. One key for
  // each algorithm that it is good for: exactly its alg, or without an alg every one of its kind that a secret is long
  // enough for, or that is done on its curve.
  std::vector<VerificationKey> verification_keys;
};

// Error: key_unusable, for a key that is malformed, too short or contradicts itself.
Result<Jwk> read_jwk(const boost::json::object& members);

}  // namespace cardea
