// Signing and verifying by RSA and ECDSA through OpenSSL's EVP, prepared once for a key and copied for each message.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/signature.hpp>
#include <cstddef>
#include <string_view>

#include "key/openssl.hpp"

namespace cardea {

// Any number of threads may use one. Each of the two outlives no key: OpenSSL counts the key's owners.
class EvpVerifier {
 public:
  // `key` has passed check_key for `algorithm`. Error: key_unusable, if OpenSSL does not take it.
  static Result<EvpVerifier> make(EVP_PKEY* key, Algorithm algorithm);

  bool verifies(std::string_view message, std::string_view signature) const noexcept;

 private:
  EvpVerifier(openssl::DigestContext prepared, Algorithm algorithm, std::size_t signature_size)
      : prepared_(std::move(prepared)), algorithm_(algorithm), signature_size_(signature_size) {}
  openssl::DigestContext prepared_;
  Algorithm algorithm_;
  std::size_t signature_size_;  // the one size that the key's signatures have
};

class EvpSigner {
 public:
  static Result<EvpSigner> make(EVP_PKEY* key, Algorithm algorithm);

  // Error: internal_error.
  Result<Signature> sign(std::string_view message) const;

 private:
  EvpSigner(openssl::DigestContext prepared, Algorithm algorithm)
      : prepared_(std::move(prepared)), algorithm_(algorithm) {}
  openssl::DigestContext prepared_;
  Algorithm algorithm_;
};

}  // namespace cardea
