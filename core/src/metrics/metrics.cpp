#include <algorithm>
#include <cardea/core/metrics/metrics.hpp>
#include <stdexcept>

namespace cardea {
namespace {

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw std::logic_error("cardea: the metric " + std::string(name) + ' ' + std::string(why));
}

// What fails is left out: the others are worth reading.
void write(const Metrics::Source& source, SeriesWriter& writer, std::string& text) {
  const auto before = text.size();
  try {
    source(writer);
  } catch (...) {
    text.resize(before);
  }
}

}  // namespace

Metrics::Family& Metrics::family(std::string_view name, MetricType type, std::string_view help) {
  auto& family = families_.try_emplace(name, Family{type, std::string(help), {}, {}}).first->second;
  if (family.type != type) refuse(name, "is there already, of another type");
  if (family.help != help) refuse(name, "is there already, with another help");
  return family;
}

Metrics::Family& Metrics::family_for(std::string_view name, MetricType type, std::string_view help,
                                     const Labels& labels) {
  auto& found = family(name, type, help);
  if (std::ranges::find(found.labels, labels) != found.labels.end())
    refuse(name, "is there already, with these labels");
  found.labels.push_back(labels);
  return found;
}

Counter& Metrics::add_counter(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock{mutex_};
  auto& family = family_for(name, MetricType::counter, help, labels);
  auto& counter = counters_.emplace_back();
  family.sources.emplace_back(
      [labels = std::move(labels), &counter](SeriesWriter& series) { series.count(labels, counter.value()); });
  return counter;
}

DurationHistogram& Metrics::add_durations(std::string_view name, std::string_view help, Labels labels,
                                          BucketBounds bounds) {
  const std::lock_guard lock{mutex_};
  auto& family = family_for(name, MetricType::histogram, help, labels);
  auto& histogram = durations_.emplace_back(std::move(bounds));
  family.sources.emplace_back(
      [labels = std::move(labels), &histogram](SeriesWriter& series) { series.histogram(labels, histogram.read()); });
  return histogram;
}

ValueHistogram& Metrics::add_values(std::string_view name, std::string_view help, Labels labels, BucketBounds bounds) {
  const std::lock_guard lock{mutex_};
  auto& family = family_for(name, MetricType::histogram, help, labels);
  auto& histogram = values_.emplace_back(std::move(bounds));
  family.sources.emplace_back(
      [labels = std::move(labels), &histogram](SeriesWriter& series) { series.histogram(labels, histogram.read()); });
  return histogram;
}

void Metrics::add_gauge(std::string_view name, std::string_view help, Labels labels, std::function<double()> read) {
  const std::lock_guard lock{mutex_};
  auto& family = family_for(name, MetricType::gauge, help, labels);
  family.sources.emplace_back(
      [labels = std::move(labels), read = std::move(read)](SeriesWriter& series) { series.value(labels, read()); });
}

void Metrics::add_source(std::string_view name, MetricType type, std::string_view help, Source source) {
  const std::lock_guard lock{mutex_};
  family(name, type, help).sources.push_back(std::move(source));
}

std::string Metrics::prometheus_text() const {
  const std::lock_guard lock{mutex_};
  std::string text;
  for (const auto& [name, family] : families_) {
    SeriesWriter writer{text, name, family.type, family.help};
    for (const auto& source : family.sources) write(source, writer, text);
  }
  return text;
}

}  // namespace cardea
