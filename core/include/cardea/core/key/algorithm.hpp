// The signature algorithms that are done here (RFC 7518 section 3, RFC 8037 section 3.1). There is no `none`, not even
// as a value.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <span>
#include <string_view>

namespace cardea {

enum class Algorithm : unsigned char {
  hs256,
  hs384,
  hs512,  // HMAC: who can verify can sign
  rs256,
  rs384,
  rs512,  // RSASSA-PKCS1-v1_5
  ps256,
  ps384,
  ps512,  // RSASSA-PSS, the salt as long as the hash
  es256,
  es384,
  es512,  // ECDSA on P-256, P-384 and P-521
  eddsa,  // Ed25519
};

// The kinds of key (`kty`) that there are algorithms for.
enum class KeyType : unsigned char { oct, rsa, ec, okp };

// The registered name: HS256.
std::string_view name_of(Algorithm algorithm) noexcept;
std::string_view name_of(KeyType type) noexcept;

// Exact and case-sensitive (RFC 7515 section 4.1.1). Error: token_algorithm_refused.
Result<Algorithm> parse_algorithm(std::string_view name);

std::span<const Algorithm> all_algorithms() noexcept;

KeyType key_type_of(Algorithm algorithm) noexcept;
// Signer and verifier share one secret.
bool is_symmetric(Algorithm algorithm) noexcept;

// Bytes of the algorithm's hash, which is also the least size of an HMAC key (RFC 7518 section 3.2).
std::size_t hash_size_of(Algorithm algorithm) noexcept;

}  // namespace cardea
