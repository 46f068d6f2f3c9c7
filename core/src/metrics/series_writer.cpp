#include <array>
#include <cardea/core/metrics/series_writer.hpp>
#include <charconv>
#include <cmath>
#include <utility>

namespace cardea {
namespace {

std::string_view name_of(MetricType type) {
  switch (type) {
    case MetricType::counter: return "counter";
    case MetricType::gauge: return "gauge";
    case MetricType::histogram: return "histogram";
  }
  std::unreachable();
}

void append_escaped(std::string& out, std::string_view text, bool in_quotes) {
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || (c == '"' && in_quotes)) {
      out.append("\\").push_back(c);
    } else {
      out += c;
    }
  }
}

void append_label(std::string& out, std::string_view name, std::string_view value) {
  out.append(out.ends_with('{') ? "" : ",").append(name).append("=\"");
  append_escaped(out, value, true);
  out += '"';
}

std::string printed(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  const auto size = std::abs(value);
  const bool for_people = size == 0 || (size >= 1e-6 && size < 1e15);
  const auto format = for_people ? std::chars_format::fixed : std::chars_format::scientific;
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value, format).ptr};
}

}  // namespace

SeriesWriter::SeriesWriter(std::string& out, std::string_view name, MetricType type, std::string_view help)
    : out_(out), name_(name) {
  out_.append("# HELP ").append(name).append(" ");
  append_escaped(out_, help, false);
  out_.append("\n# TYPE ").append(name).append(" ").append(name_of(type)).append("\n");
}

void SeriesWriter::begin_line(std::string_view suffix, const Labels& labels, const std::string* bound) {
  out_.append(name_).append(suffix);
  if (!labels.empty() || bound != nullptr) {
    out_ += '{';
    for (const auto& [name, value] : labels) append_label(out_, name, value);
    if (bound != nullptr) append_label(out_, "le", *bound);
    out_ += '}';
  }
  out_ += ' ';
}

void SeriesWriter::count(const Labels& labels, std::uint64_t value) {
  begin_line("", labels);
  out_.append(std::to_string(value)).append("\n");
}

void SeriesWriter::value(const Labels& labels, double value) {
  begin_line("", labels);
  out_.append(printed(value)).append("\n");
}

void SeriesWriter::histogram(const Labels& labels, const HistogramReading& reading) {
  std::uint64_t cumulative = 0;
  for (std::size_t bucket = 0; bucket < reading.counts.size(); ++bucket) {
    const auto bound = bucket < reading.bounds.size() ? printed(reading.bounds[bucket]) : "+Inf";
    cumulative += reading.counts[bucket];
    begin_line("_bucket", labels, &bound);
    out_.append(std::to_string(cumulative)).append("\n");
  }
  begin_line("_sum", labels);
  out_.append(printed(reading.sum)).append("\n");
  begin_line("_count", labels);
  out_.append(std::to_string(cumulative)).append("\n");
}

}  // namespace cardea
