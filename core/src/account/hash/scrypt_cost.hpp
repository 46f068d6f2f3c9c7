// What a foreign scrypt hash (RFC 7914) may cost; yescrypt's as well, which has the same three numbers.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstdint>

namespace cardea {

struct ScryptCost {
  std::uint32_t log2_n = 0;
  std::uint32_t r = 0;
  std::uint32_t p = 0;
};

// Blocks of 128 bytes that are mixed, all in all: N * r * p. Never more memory than 256 MiB, nor more work than one
// pass over as much.
inline constexpr std::uint64_t kMostScryptBlocks = 2'097'152;

// Error: password_hash_unsupported outside log2(N) 1 to 20, r 1 to 32, p 1 to 16 or over the blocks above.
Done check_scrypt_cost(const ScryptCost& cost);

}  // namespace cardea
