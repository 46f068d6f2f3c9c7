// The public half of an asymmetric key, bound to one algorithm: it verifies, and everyone may have it.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

// Copies share one immutable state; any number of threads may use it.
//
// A key is held to its algorithm when it is made: RSA with 2048 to 8192 bits and an odd exponent from 65537 up, under
// 2^256 (FIPS 186-5 section A.1.1); a point on the curve that the algorithm names (RFC 7518 section 3.4); a point of
// Ed25519's main subgroup (RFC 8032 section 5.1). Without an `id` it is named by its thumbprint.
//
// Error of all that make one: key_unusable; its private text says why.
class PublicKey {
 public:
  // One PEM block PUBLIC KEY: SubjectPublicKeyInfo (RFC 7468 section 13). Neither a certificate nor a private key.
  static Result<PublicKey> from_pem(std::string_view pem, Algorithm algorithm, std::optional<KeyId> id = {});

  // The public members of a JWK (RFC 7518 section 6, RFC 8037 section 2); others, private ones too, are not looked at.
  static Result<PublicKey> from_jwk(const boost::json::object& members, Algorithm algorithm,
                                    std::optional<KeyId> id = {});

  const KeyId& id() const noexcept;
  Algorithm algorithm() const noexcept;

  // False for whatever is not this key's signature over these bytes, in the one form that RFC 7518 sections 3.3 to 3.5
  // and RFC 8037 section 3.1 give it.
  bool verifies(std::string_view message, std::string_view signature) const noexcept;

  std::string to_pem() const;
  // The public members, alg, use and kid (RFC 7517 section 4).
  boost::json::object to_jwk() const;
  // base64url of the SHA-256 thumbprint (RFC 7638).
  std::string thumbprint() const;

 private:
  friend class PrivateKey;
  struct State;
  explicit PublicKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace cardea
