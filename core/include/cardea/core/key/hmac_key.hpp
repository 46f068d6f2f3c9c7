// A secret shared by signer and verifier, bound to one HMAC algorithm (RFC 7518 section 3.2).
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/key/signature.hpp>
#include <memory>
#include <optional>

namespace cardea {

// Copies share one immutable state, which is wiped with the last of them; any number of threads may use it.
class HmacKey {
 public:
  // The key is the secret's bytes as given; nothing is decoded. Without an `id` the key is named by a digest that is
  // keyed with the secret, so that equal secrets have equal names and the name tells nothing about a strong secret.
  //
  // Error: key_unusable, for fewer bytes than the algorithm's hash has, and for PEM, DER, SSH, certificate or JWK text:
  // who holds a public key must never be able to sign with it as if it were a shared secret (RFC 8725 section 2.1).
  static Result<HmacKey> from_secret(const Secret& secret, Algorithm algorithm, std::optional<KeyId> id = {});

  // Allows any secret that is not empty. Tokens under a short secret can be forged by guessing it: never in production.
  static Result<HmacKey> from_short_secret_for_demonstration_only(const Secret& secret, Algorithm algorithm);

  const KeyId& id() const noexcept;
  Algorithm algorithm() const noexcept;

  Signature sign(std::string_view message) const noexcept;
  // Compares in constant time.
  bool verifies(std::string_view message, std::string_view signature) const noexcept;

 private:
  struct State;
  explicit HmacKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  static Result<HmacKey> make(const Secret& secret, Algorithm algorithm, std::optional<KeyId> id);
  std::shared_ptr<const State> state_;
};

}  // namespace cardea
