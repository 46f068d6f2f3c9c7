// How often something has happened. It only grows.
#pragma once

#include <cardea/core/metrics/sharded_counts.hpp>
#include <cstdint>

namespace cardea {

// Thread-safe; adding costs a few nanoseconds, whatever other threads do.
class Counter {
 public:
  void add(std::uint64_t amount = 1) noexcept { counts_.here().add(0, amount); }
  std::uint64_t value() const noexcept { return counts_.sum(0); }

 private:
  ShardedCounts counts_{1};
};

}  // namespace cardea
