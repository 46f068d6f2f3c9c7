#include <algorithm>
#include <array>
#include <cardea/web/metrics/request_counts.hpp>
#include <numeric>
#include <string>
#include <vector>

namespace cardea::web {
namespace {

constexpr std::array<unsigned, 33> kStatuses{200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308,
                                             400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413,
                                             414, 415, 422, 428, 429, 431, 500, 501, 502, 503, 505};
constexpr std::size_t kClasses = 4;  // 2xx to 5xx, for all others
constexpr unsigned kLeast = 200;
constexpr unsigned kMost = 599;

constexpr auto kIndexOfStatus = [] {
  std::array<std::uint8_t, kMost - kLeast + 1> indices{};
  for (unsigned status = kLeast; status <= kMost; ++status) {
    const auto* const found = std::ranges::find(kStatuses, status);
    const auto index = found == kStatuses.end() ? kStatuses.size() + (status - kLeast) / 100
                                                : static_cast<std::size_t>(found - kStatuses.begin());
    indices[status - kLeast] = static_cast<std::uint8_t>(index);
  }
  return indices;
}();

constexpr std::size_t kFirstBucket = kStatuses.size() + kClasses;

std::size_t index_of(unsigned status) noexcept { return kIndexOfStatus[std::clamp(status, kLeast, kMost) - kLeast]; }

std::string label_of(std::size_t index) {
  if (index < kStatuses.size()) return std::to_string(kStatuses[index]);
  return std::to_string(index - kStatuses.size() + kLeast / 100) + "xx";
}

std::size_t index_of_sum() noexcept { return kFirstBucket + BucketBounds::of_latencies().buckets(); }

}  // namespace

RequestCounts::RequestCounts(std::string_view route, std::string_view method)
    : route_(route), method_(method), counts_(index_of_sum() + 1) {}

void RequestCounts::add(unsigned status, std::chrono::nanoseconds duration) noexcept {
  const auto& bounds = BucketBounds::of_latencies();
  const auto nanoseconds = static_cast<std::uint64_t>(std::max(duration, duration.zero()).count());
  auto here = counts_.here();
  here.add(index_of(status));
  here.add(kFirstBucket + bounds.index_of(nanoseconds));
  here.add(kFirstBucket + bounds.buckets(), nanoseconds);
}

void RequestCounts::write_requests(SeriesWriter& series) const {
  for (std::size_t index = 0; index < kFirstBucket; ++index) {
    const auto count = counts_.sum(index);
    if (count == 0) continue;
    series.count({{"route", std::string(route_)}, {"method", std::string(method_)}, {"status", label_of(index)}},
                 count);
  }
}

void RequestCounts::write_durations(SeriesWriter& series) const {
  const auto& bounds = BucketBounds::of_latencies();
  std::vector<std::uint64_t> counts;
  for (std::size_t bucket = 0; bucket < bounds.buckets(); ++bucket) {
    counts.push_back(counts_.sum(kFirstBucket + bucket));
  }
  if (std::ranges::all_of(counts, [](auto count) { return count == 0; })) return;
  series.histogram({{"route", std::string(route_)}, {"method", std::string(method_)}},
                   HistogramReading::of_durations(bounds, std::move(counts), counts_.sum(index_of_sum())));
}

}  // namespace cardea::web
