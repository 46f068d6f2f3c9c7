// The metrics of HTTP: requests by the pattern of their route, never by their path, so that no client can make series.
#pragma once

#include <array>
#include <cardea/core/metrics/metrics.hpp>
#include <cardea/web/http/method.hpp>
#include <cardea/web/metrics/request_counts.hpp>
#include <cardea/web/metrics/server_counts.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>

namespace cardea::web {

// Thread-safe. What it gives lives as long as it does.
class HttpMetrics {
 public:
  HttpMetrics();

  // The pattern lives as long as the program.
  RequestCounts& add(std::string_view pattern, Method method);
  // Of what found no route: one series for each method that a route can have, and one for all others.
  RequestCounts& unmatched(Method method) noexcept { return *unmatched_[static_cast<std::size_t>(method)]; }
  ServerCounts& server() noexcept { return server_; }

  // Has `metrics` read these for as long as it lives.
  static void show(const std::shared_ptr<const HttpMetrics>& http, Metrics& metrics);

 private:
  void write(SeriesWriter& series, void (RequestCounts::*part)(SeriesWriter&) const) const;

  mutable std::mutex mutex_;  // of the list, not of what is counted
  std::deque<RequestCounts> counts_;
  std::array<RequestCounts*, 8> unmatched_{};  // by Method
  ServerCounts server_;
};

}  // namespace cardea::web
