// Ed25519 signatures (RFC 8032 section 5.1) by libsodium, whose verification takes a third of OpenSSL's time.
#pragma once

#include <sodium.h>

#include <array>
#include <cardea/core/base/result.hpp>
#include <cardea/core/key/signature.hpp>
#include <string_view>

#include "key/openssl.hpp"

namespace cardea {

// Any number of threads may use one.
class Ed25519Verifier {
 public:
  // `key` has passed check_key.
  explicit Ed25519Verifier(const EVP_PKEY* key) noexcept;
  // False also for S that is not reduced, and for R of small order.
  bool verifies(std::string_view message, std::string_view signature) const noexcept;

 private:
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key_{};
};

class Ed25519Signer {
 public:
  explicit Ed25519Signer(const EVP_PKEY* key) noexcept;
  Ed25519Signer(const Ed25519Signer&) = default;
  Ed25519Signer& operator=(const Ed25519Signer&) = default;
  ~Ed25519Signer();
  Result<Signature> sign(std::string_view message) const noexcept;

 private:
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> private_key_{};  // the seed and the public key; wiped
};

}  // namespace cardea
