#include <cardea/core/metrics/histogram.hpp>

namespace cardea {
namespace {

constexpr double kNanosecondsInASecond = 1e9;

std::vector<double> scaled(std::span<const std::uint64_t> values, double unit) {
  std::vector<double> all;
  for (const auto value : values) all.push_back(static_cast<double>(value) / unit);
  return all;
}

}  // namespace

HistogramReading HistogramReading::of_durations(const BucketBounds& bounds, std::vector<std::uint64_t> counts,
                                                std::uint64_t nanoseconds) {
  return {scaled(bounds.values(), kNanosecondsInASecond), std::move(counts),
          static_cast<double>(nanoseconds) / kNanosecondsInASecond};
}

std::vector<std::uint64_t> ValueHistogram::bucket_counts() const {
  std::vector<std::uint64_t> counts;
  for (std::size_t bucket = 0; bucket < bounds_.buckets(); ++bucket) counts.push_back(counts_.sum(bucket));
  return counts;
}

HistogramReading ValueHistogram::read() const {
  return {scaled(bounds_.values(), 1), bucket_counts(), static_cast<double>(sum())};
}

HistogramReading DurationHistogram::read() const {
  return HistogramReading::of_durations(nanoseconds_.bounds_, nanoseconds_.bucket_counts(), nanoseconds_.sum());
}

}  // namespace cardea
