#include "account/failure_counter.hpp"

#include <algorithm>

namespace cardea {

std::uint32_t FailureCounter::forgotten(const Limits& limits, Instant now) const {
  const auto periods = std::max<std::int64_t>((now - counted_from) / limits.forgiving, 0);
  return static_cast<std::uint32_t>(std::min<std::int64_t>(periods, failures));
}

void FailureCounter::forget(const Limits& limits, Instant now) {
  const auto count = forgotten(limits, now);
  failures -= count;
  counted_from = failures == 0 ? now : std::min(counted_from + count * limits.forgiving, now);
}

std::pair<std::uint32_t, Instant> FailureCounter::worth(const Limits& limits, Instant now) const {
  return {failures - forgotten(limits, now), counted_from};
}

void FailureCounter::add(const Limits& limits, Instant now) {
  constexpr std::uint32_t kMostDoublings = 30;
  forget(limits, now);
  if (failures < UINT32_MAX) ++failures;
  if (failures < limits.free_failures) return;
  const std::chrono::seconds doubled{std::int64_t{1} << std::min(failures - limits.free_failures, kMostDoublings)};
  blocked_until = now + std::min(doubled, limits.longest_delay);
}

std::uint32_t FailureCounter::take_back(std::uint32_t most, const Limits& limits, Instant now) {
  forget(limits, now);
  const auto count = std::min(most, failures);
  failures -= count;
  if (failures < limits.free_failures) blocked_until = {};
  return count;
}

std::chrono::seconds FailureCounter::delay(const Limits& limits, Instant now) const {
  if (blocked_until <= now) return std::chrono::seconds{0};
  return std::min(std::chrono::ceil<std::chrono::seconds>(blocked_until - now), limits.longest_delay);
}

}  // namespace cardea
