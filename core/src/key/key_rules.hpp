// What a key must be to serve an algorithm, wherever it came from.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/key/algorithm.hpp>

#include "key/openssl.hpp"

namespace cardea {

inline constexpr int kLeastRsaBits = 2048;
inline constexpr int kMostRsaBits = 8192;

// Holds the public half to the rules that public_key.hpp states. Error: key_unusable.
Done check_key(const EVP_PKEY* key, Algorithm algorithm);

// The exponent of an RSA key, by itself: odd, from 65537 up, under 2^256. Error: key_unusable.
Done check_rsa_exponent(const BIGNUM* exponent);

}  // namespace cardea
