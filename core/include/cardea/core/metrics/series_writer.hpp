// Writes the series of one metric in the text format of Prometheus, version 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <cardea/core/metrics/histogram.hpp>
#include <cardea/core/metrics/metric_name.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

enum class MetricType : unsigned char { counter, gauge, histogram };

class SeriesWriter {
 public:
  // Appends to `out`, which outlives this: the help and the type, before the first series.
  SeriesWriter(std::string& out, std::string_view name, MetricType type, std::string_view help);

  void count(const Labels& labels, std::uint64_t value);  // of a counter
  void value(const Labels& labels, double value);         // of a gauge, or a counter of fractions
  void histogram(const Labels& labels, const HistogramReading& reading);

 private:
  void begin_line(std::string_view suffix, const Labels& labels, const std::string* bound = nullptr);

  std::string& out_;
  std::string_view name_;
};

}  // namespace cardea
