// What one new password hash costs: Argon2id with one lane (RFC 9106), memory and passes chosen, never below the floor.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstdint>

namespace cardea {

class HashCost {
 public:
  static constexpr std::uint32_t kLeastMemoryKib = 19'456;  // OWASP Password Storage Cheat Sheet: 19 MiB and 2 passes
  static constexpr std::uint32_t kMostMemoryKib = 262'144;
  static constexpr std::uint32_t kLeastPasses = 2;
  static constexpr std::uint32_t kMostPasses = 10;

  // The floor itself.
  HashCost() = default;
  // Error: configuration_invalid outside the bounds above.
  static Result<HashCost> of(std::uint32_t memory_kib, std::uint32_t passes);
  // 8 KiB and one pass: stops nobody from guessing.
  static HashCost worthless_for_tests_only() { return HashCost{8, 1}; }

  std::uint32_t memory_kib() const noexcept { return memory_kib_; }
  std::uint32_t passes() const noexcept { return passes_; }
  friend bool operator==(const HashCost&, const HashCost&) = default;

 private:
  HashCost(std::uint32_t memory_kib, std::uint32_t passes) : memory_kib_(memory_kib), passes_(passes) {}
  std::uint32_t memory_kib_ = kLeastMemoryKib;
  std::uint32_t passes_ = kLeastPasses;
};

}  // namespace cardea
