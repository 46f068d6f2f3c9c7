// An asymmetric key with its private half, bound to one algorithm: it signs, and nobody else may have it.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/key/public_key.hpp>
#include <cardea/core/key/signature.hpp>
#include <memory>
#include <optional>
#include <string_view>

namespace cardea {

// Copies share one immutable state, which is wiped with the last of them; any number of threads may use it.
//
// The public half is held to the rules of PublicKey, and the private half to belong to it. Error of all that make one:
// key_unusable; its private text says why.
class PrivateKey {
 public:
  static constexpr unsigned kDefaultRsaBits = 2048;

  // A new one from the system's randomness. `rsa_bits` counts for RSA only: 2048 to 8192, a multiple of 256.
  static Result<PrivateKey> generate(Algorithm algorithm, unsigned rsa_bits = kDefaultRsaBits);

  // One PEM block PRIVATE KEY (PKCS #8, RFC 5958), or ENCRYPTED PRIVATE KEY with its passphrase.
  static Result<PrivateKey> from_pem(std::string_view pem, Algorithm algorithm, const Secret& passphrase = {},
                                     std::optional<KeyId> id = {});
  // A JWK with its private members (RFC 7518 section 6, RFC 8037 section 2). RSA with more than two primes is refused.
  static Result<PrivateKey> from_jwk(const boost::json::object& members, Algorithm algorithm,
                                     std::optional<KeyId> id = {});
  // PKCS #8 as DER, not encrypted: what to_der gives.
  static Result<PrivateKey> from_der(const Secret& der, Algorithm algorithm, std::optional<KeyId> id = {});

  const KeyId& id() const noexcept { return public_key().id(); }
  Algorithm algorithm() const noexcept { return public_key().algorithm(); }
  const PublicKey& public_key() const noexcept;

  // Error: internal_error, if OpenSSL cannot sign.
  Result<Signature> sign(std::string_view message) const;

  Secret to_pem() const;
  // PBES2: scrypt and AES-256-CBC. The passphrase is not empty. Error: key_unusable, for an empty one.
  Result<Secret> to_encrypted_pem(const Secret& passphrase) const;
  Secret to_der() const;
  // One JWK as JSON, private members included.
  Secret to_jwk() const;

 private:
  struct State;
  explicit PrivateKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace cardea
