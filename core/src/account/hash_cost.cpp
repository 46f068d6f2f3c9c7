#include <cardea/core/account/hash_cost.hpp>
#include <string>

namespace cardea {
namespace {

std::string out_of_bounds(std::string_view what, std::uint32_t least, std::uint32_t most) {
  return std::string(what) + " must be " + std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

Result<HashCost> HashCost::of(std::uint32_t memory_kib, std::uint32_t passes) {
  if (memory_kib < kLeastMemoryKib || memory_kib > kMostMemoryKib) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{out_of_bounds("password hash memory in KiB", kLeastMemoryKib, kMostMemoryKib)});
  }
  if (passes < kLeastPasses || passes > kMostPasses) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{out_of_bounds("password hash passes", kLeastPasses, kMostPasses)});
  }
  return HashCost{memory_kib, passes};
}

}  // namespace cardea
