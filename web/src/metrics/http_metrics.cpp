#include <cardea/web/metrics/http_metrics.hpp>

namespace cardea::web {
namespace {

std::string_view label_of(Method method) noexcept { return method == Method::other ? "other" : name_of(method); }

// Those that have ended are read first: their number is never the greater one.
double present(const Counter& begun, const Counter& ended) {
  const auto over = ended.value();
  return static_cast<double>(begun.value() - over);
}

}  // namespace

HttpMetrics::HttpMetrics() {
  for (std::size_t i = 0; i < unmatched_.size(); ++i) unmatched_[i] = &add("unmatched", static_cast<Method>(i));
}

RequestCounts& HttpMetrics::add(std::string_view pattern, Method method) {
  const std::lock_guard lock{mutex_};
  return counts_.emplace_back(pattern, label_of(method));
}

void HttpMetrics::write(SeriesWriter& series, void (RequestCounts::*part)(SeriesWriter&) const) const {
  const std::lock_guard lock{mutex_};
  for (const auto& counts : counts_) (counts.*part)(series);
}

void HttpMetrics::show(const std::shared_ptr<const HttpMetrics>& http, Metrics& metrics) {
  metrics.counters<"cardea_http_requests_total">(
      "Requests that were answered, by the pattern of the route, method and status",
      [http](SeriesWriter& series) { http->write(series, &RequestCounts::write_requests); });
  metrics.histograms<"cardea_http_request_duration_seconds">(
      "From the first byte of a request to its answer, by the pattern of the route and method",
      [http](SeriesWriter& series) { http->write(series, &RequestCounts::write_durations); });
  const auto& server = http->server_;
  metrics.gauge<"cardea_http_requests_in_flight">("Requests that are being read, handled or answered", [http, &server] {
    return present(server.requests_begun, server.requests_ended);
  });
  metrics.gauge<"cardea_http_connections_open">("Connections that are open", [http, &server] {
    return present(server.connections_opened, server.connections_closed);
  });
  const auto total = [&http](const Counter& counter) -> Metrics::Source {
    return [http, &counter](SeriesWriter& series) { series.count({}, counter.value()); };
  };
  metrics.counters<"cardea_http_connections_accepted_total">("Connections that were accepted and got a place",
                                                             total(server.connections_opened));
  metrics.counters<"cardea_http_connections_refused_total">(
      "Connections that were turned away, since a cap was reached", total(server.connections_refused));
  metrics.counters<"cardea_http_accept_failures_total">(
      "Times that no connection could be accepted, most likely for want of file descriptors",
      total(server.accept_failures));
  metrics.counters<"cardea_http_answers_cut_total">(
      "Answers that were not sent whole, since the client was gone or did not read", total(server.answers_cut));
}

}  // namespace cardea::web
