// How often a value was how large: a count for each bucket, and the sum.
#pragma once

#include <cardea/core/metrics/bucket_bounds.hpp>
#include <cardea/core/metrics/sharded_counts.hpp>
#include <chrono>
#include <cstdint>
#include <vector>

namespace cardea {

// In the base unit of Prometheus: seconds, bytes, or what is counted.
struct HistogramReading {
  std::vector<double> bounds;
  std::vector<std::uint64_t> counts;  // of each bucket alone; one more than there are bounds
  double sum = 0;

  static HistogramReading of_durations(const BucketBounds& bounds, std::vector<std::uint64_t> counts,
                                       std::uint64_t nanoseconds);
};

// Of whole numbers, such as bytes. Thread-safe; observing allocates nothing.
class ValueHistogram {
 public:
  explicit ValueHistogram(BucketBounds bounds) : bounds_(std::move(bounds)), counts_(bounds_.buckets() + 1) {}

  void observe(std::uint64_t value) noexcept {
    auto here = counts_.here();
    here.add(bounds_.index_of(value));
    here.add(bounds_.buckets(), value);
  }

  HistogramReading read() const;

 private:
  friend class DurationHistogram;
  std::vector<std::uint64_t> bucket_counts() const;
  std::uint64_t sum() const noexcept { return counts_.sum(bounds_.buckets()); }

  BucketBounds bounds_;
  ShardedCounts counts_;  // the sum last
};

// Of durations; less than nothing counts as nothing.
class DurationHistogram {
 public:
  explicit DurationHistogram(BucketBounds bounds = BucketBounds::of_latencies()) : nanoseconds_(std::move(bounds)) {}

  void observe(std::chrono::nanoseconds duration) noexcept {
    nanoseconds_.observe(duration.count() < 0 ? 0 : static_cast<std::uint64_t>(duration.count()));
  }

  HistogramReading read() const;

 private:
  ValueHistogram nanoseconds_;
};

}  // namespace cardea
