#include "account/hash/scrypt_cost.hpp"

#include "account/hash/hash_text.hpp"

namespace cardea {

Done check_scrypt_cost(const ScryptCost& cost) {
  constexpr std::uint32_t kMostLog2N = 20, kMostR = 32, kMostP = 16;
  const bool in_range = cost.log2_n >= 1 && cost.log2_n <= kMostLog2N && cost.r >= 1 && cost.r <= kMostR &&
                        cost.p >= 1 && cost.p <= kMostP;
  if (!in_range || (std::uint64_t{cost.r} * cost.p << cost.log2_n) > kMostScryptBlocks) {
    return unsupported_hash("scrypt or yescrypt with N * r * p over 2097152 (256 MiB)");
  }
  return {};
}

}  // namespace cardea
