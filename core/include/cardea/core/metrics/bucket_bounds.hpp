// The upper bounds of a histogram's buckets, each of which belongs to its bucket. What is beyond the last one has a
// bucket of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace cardea {

class BucketBounds {
 public:
  // Throws std::logic_error unless there is one at least, and each is greater than the one before.
  explicit BucketBounds(std::vector<std::uint64_t> bounds);
  BucketBounds(std::initializer_list<std::chrono::nanoseconds> bounds);

  // From 100 µs to 10 s: what answering a request takes.
  static const BucketBounds& of_latencies();

  std::size_t index_of(std::uint64_t value) const noexcept {
    std::size_t index = 0;
    for (const auto bound : bounds_) index += bound < value ? 1U : 0U;
    return index;
  }

  std::span<const std::uint64_t> values() const noexcept { return bounds_; }
  std::size_t buckets() const noexcept { return bounds_.size() + 1; }

 private:
  std::vector<std::uint64_t> bounds_;
};

}  // namespace cardea
