// Asymmetric keys as PEM (RFC 7468) and DER: SubjectPublicKeyInfo and PKCS #8 (RFC 5280 section 4.1.2.7, RFC 5958).
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <string>
#include <string_view>

#include "key/openssl.hpp"

namespace cardea {

// Errors: key_unusable, which says what the text is instead and how to convert it.
Result<openssl::Key> public_key_from_pem(std::string_view pem);
Result<openssl::Key> private_key_from_pem(std::string_view pem, const Secret& passphrase);
Result<openssl::Key> private_key_from_der(std::string_view der);

// The public half alone, so that no copy of the private one is kept beside it.
Result<openssl::Key> public_half_of(const EVP_PKEY* key);

std::string public_pem_of(const EVP_PKEY* key);
Secret private_pem_of(const EVP_PKEY* key);
Secret private_der_of(const EVP_PKEY* key);
Result<Secret> encrypted_pem_of(const EVP_PKEY* key, const Secret& passphrase);

}  // namespace cardea
