// What a program tells Prometheus about itself:
//
//   auto& orders = metrics.counter<"shop_orders_total">("Orders that were placed", {label<"kind">("new")});
//   orders.add();
//   metrics.gauge<"shop_stock">("Articles in stock", [shop] { return shop->stock(); });
//   auto& packing = metrics.durations<"shop_packing_seconds">("How long packing an order took");
//   packing.observe(duration);
#pragma once

#include <cardea/core/metrics/counter.hpp>
#include <cardea/core/metrics/histogram.hpp>
#include <cardea/core/metrics/metric_name.hpp>
#include <cardea/core/metrics/series_writer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

// Thread-safe. What it gives lives as long as it does. One name may have several series, each with labels of its own;
// std::logic_error for the same labels again, or for another help or type of the same name.
class Metrics {
 public:
  Metrics() = default;
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  template <MetricName name>
  Counter& counter(std::string_view help, Labels labels = {}) {
    check_counter<name>();
    return add_counter(name.text(), help, std::move(labels));
  }

  template <MetricName name>
  DurationHistogram& durations(std::string_view help, Labels labels = {},
                               BucketBounds bounds = BucketBounds::of_latencies()) {
    check<name>();
    static_assert(name.text().ends_with("_seconds"), "cardea: the name of a metric of durations ends with _seconds");
    return add_durations(name.text(), help, std::move(labels), std::move(bounds));
  }

  // Of whole numbers in a base unit, which the name ends with: shop_upload_bytes.
  template <MetricName name>
  ValueHistogram& values(std::string_view help, BucketBounds bounds, Labels labels = {}) {
    check<name>();
    return add_values(name.text(), help, std::move(labels), std::move(bounds));
  }

  // `read` is called at each scrape, by any thread; it does not call this. If it throws, the series is left out.
  template <MetricName name>
  void gauge(std::string_view help, std::function<double()> read, Labels labels = {}) {
    check_gauge<name>();
    add_gauge(name.text(), help, std::move(labels), std::move(read));
  }

  // Series that others keep, or whose labels are known at the scrape only; as `read` above. Several sources of one name
  // write different labels.
  using Source = std::function<void(SeriesWriter& series)>;
  template <MetricName name>
  void counters(std::string_view help, Source source) {
    check_counter<name>();
    add_source(name.text(), MetricType::counter, help, std::move(source));
  }
  template <MetricName name>
  void gauges(std::string_view help, Source source) {
    check_gauge<name>();
    add_source(name.text(), MetricType::gauge, help, std::move(source));
  }
  template <MetricName name>
  void histograms(std::string_view help, Source source) {
    check<name>();
    add_source(name.text(), MetricType::histogram, help, std::move(source));
  }

  // Every metric, in the text format of Prometheus, by name.
  std::string prometheus_text() const;
  static constexpr std::string_view kMediaType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Family {
    MetricType type{};
    std::string help;
    std::vector<Labels> labels;  // of those series that this keeps
    std::vector<Source> sources;
  };

  template <MetricName name>
  static consteval void check() {
    static_assert(name.is_well_formed(), "cardea: the name of a metric has letters, digits and underscores only");
    static_assert(!name.is_of_a_series(), "cardea: _bucket, _sum and _count are the endings of a histogram's series");
  }
  template <MetricName name>
  static consteval void check_counter() {
    check<name>();
    static_assert(name.text().ends_with("_total"), "cardea: the name of a counter ends with _total");
  }
  template <MetricName name>
  static consteval void check_gauge() {
    check<name>();
    static_assert(!name.text().ends_with("_total"), "cardea: the ending _total is for the names of counters");
  }

  Counter& add_counter(std::string_view name, std::string_view help, Labels labels);
  DurationHistogram& add_durations(std::string_view name, std::string_view help, Labels labels, BucketBounds bounds);
  ValueHistogram& add_values(std::string_view name, std::string_view help, Labels labels, BucketBounds bounds);
  void add_gauge(std::string_view name, std::string_view help, Labels labels, std::function<double()> read);
  void add_source(std::string_view name, MetricType type, std::string_view help, Source source);

  // With the lock held.
  Family& family(std::string_view name, MetricType type, std::string_view help);
  Family& family_for(std::string_view name, MetricType type, std::string_view help, const Labels& labels);

  mutable std::mutex mutex_;
  std::map<std::string_view, Family> families_;
  std::deque<Counter> counters_;
  std::deque<DurationHistogram> durations_;
  std::deque<ValueHistogram> values_;
};

}  // namespace cardea
