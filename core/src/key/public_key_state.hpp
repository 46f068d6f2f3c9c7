// What a PublicKey shares among its copies.
#pragma once

#include <cardea/core/key/public_key.hpp>

#include <variant>

#include "key/ed25519.hpp"
#include "key/evp_signature.hpp"

namespace cardea {

struct PublicKey::State {
  // Holds the key, if it could be read, to the rules. Error: key_unusable.
  static Result<PublicKey> make(Result<openssl::Key> key, Algorithm algorithm, std::optional<KeyId> id);

  KeyId id;
  Algorithm algorithm;
  openssl::Key key;
  std::variant<EvpVerifier, Ed25519Verifier> verifier;
};

}  // namespace cardea
