// What is counted of the answers of one route to one method: how many of each status, and how long they took.
#pragma once

#include <cardea/core/metrics/series_writer.hpp>
#include <cardea/core/metrics/sharded_counts.hpp>
#include <chrono>
#include <string_view>

namespace cardea::web {

// Thread-safe; adding allocates nothing.
class RequestCounts {
 public:
  // Both live as long as the program.
  RequestCounts(std::string_view route, std::string_view method);

  void add(unsigned status, std::chrono::nanoseconds duration) noexcept;

  // A series for each status that there has been. One that Cardea itself never answers with is counted by its class:
  // 4xx.
  void write_requests(SeriesWriter& series) const;
  // Nothing as long as there has been no answer.
  void write_durations(SeriesWriter& series) const;

 private:
  const std::string_view route_;
  const std::string_view method_;
  ShardedCounts counts_;  // statuses, buckets, and the sum of the nanoseconds
};

}  // namespace cardea::web
