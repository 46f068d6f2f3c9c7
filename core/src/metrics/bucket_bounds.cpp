#include <algorithm>
#include <cardea/core/metrics/bucket_bounds.hpp>
#include <functional>
#include <stdexcept>

namespace cardea {
namespace {

std::vector<std::uint64_t> nanoseconds_of(std::initializer_list<std::chrono::nanoseconds> bounds) {
  std::vector<std::uint64_t> numbers;
  for (const auto bound : bounds) numbers.push_back(static_cast<std::uint64_t>(std::max(bound, bound.zero()).count()));
  return numbers;
}

}  // namespace

BucketBounds::BucketBounds(std::vector<std::uint64_t> bounds) : bounds_(std::move(bounds)) {
  const bool ascending = std::ranges::adjacent_find(bounds_, std::greater_equal{}) == bounds_.end();
  if (bounds_.empty() || !ascending)
    throw std::logic_error("cardea: the bounds of a histogram's buckets have to ascend");
}

BucketBounds::BucketBounds(std::initializer_list<std::chrono::nanoseconds> bounds)
    : BucketBounds(nanoseconds_of(bounds)) {}

const BucketBounds& BucketBounds::of_latencies() {
  using namespace std::chrono_literals;
  static const BucketBounds bounds{100us, 250us, 500us, 1ms,   2500us, 5ms,    10ms, 25ms,
                                   50ms,  100ms, 250ms, 500ms, 1s,     2500ms, 5s,   10s};
  return bounds;
}

}  // namespace cardea
