// Argon2 hashes as PHC strings: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
#pragma once

#include <cardea/core/account/hash_cost.hpp>
#include <cardea/core/base/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

struct Argon2Parameters {
  bool is_argon2id = false;
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
  std::uint32_t lanes = 0;
};

// Lanes are computed one after another: they split the memory and add no work.
inline constexpr std::uint32_t kMostArgon2Lanes = 4;
// Django's hashes have eight, unless it is told otherwise.
inline constexpr std::uint32_t kMostDjangoArgon2Lanes = 8;

// Error: password_hash_unsupported for what is no argon2i or argon2id string of version 19, or over 256 MiB, 10 passes
// or the lanes. Says nothing about salt and hash.
Result<Argon2Parameters> read_argon2_parameters(std::string_view hash, std::uint32_t most_lanes = kMostArgon2Lanes);

// Error: service_unavailable when there is no memory for it.
Result<std::string> hash_argon2id(std::string_view password, HashCost cost);

// Error: password_hash_unsupported when malformed or over the bounds above.
Done check_argon2(std::string_view hash, std::uint32_t most_lanes = kMostArgon2Lanes);

// Errors: that of check_argon2, before any work; service_unavailable when there is no memory for it.
Result<bool> verify_argon2(std::string_view password, std::string_view hash,
                           std::uint32_t most_lanes = kMostArgon2Lanes);

// Random salt and random hash: no password fits, verifying costs what `cost` says.
std::string decoy_argon2id(HashCost cost);

}  // namespace cardea
