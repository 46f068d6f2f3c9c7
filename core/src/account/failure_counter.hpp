// Failures that are forgotten one by one, and the delay that follows from them.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <chrono>
#include <cstdint>
#include <utility>

namespace cardea {

struct FailureCounter {
  struct Limits {
    std::uint32_t free_failures;
    std::chrono::seconds longest_delay;
    std::chrono::minutes forgiving;
  };

  std::uint64_t key = 0;
  std::uint32_t failures = 0;
  Instant counted_from{};  // when the oldest of them began to be forgotten
  Instant blocked_until{};

  // More failures are worth more, of as many the later ones.
  std::pair<std::uint32_t, Instant> worth(const Limits& limits, Instant now) const;

  void add(const Limits& limits, Instant now);
  // How many there were.
  std::uint32_t take_back(std::uint32_t most, const Limits& limits, Instant now);
  // Rounded up; zero for none. Never more than the longest, whatever has been done to the clock.
  std::chrono::seconds delay(const Limits& limits, Instant now) const;

 private:
  std::uint32_t forgotten(const Limits& limits, Instant now) const;
  void forget(const Limits& limits, Instant now);
};

}  // namespace cardea
