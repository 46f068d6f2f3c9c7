// Names of metrics and labels, which the compiler checks: metrics.counter<"orders_total">, label<"kind">("new").
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

template <std::size_t N>
struct MetricName {
  char characters[N]{};
  consteval MetricName(const char (&text)[N]) { std::copy_n(text, N, characters); }  // implicit, so that "…" converts

  constexpr std::string_view text() const noexcept { return {characters, N - 1}; }

  // [a-zA-Z_][a-zA-Z0-9_]*: the colon belongs to recording rules, two underscores to Prometheus itself.
  consteval bool is_well_formed() const noexcept {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto allowed = [&](char c) { return letter(c) || digit(c); };
    return N > 1 && letter(characters[0]) && std::ranges::all_of(text(), allowed) && !text().starts_with("__");
  }
  consteval bool is_of_a_series() const noexcept {
    return text().ends_with("_bucket") || text().ends_with("_sum") || text().ends_with("_count");
  }
};

// One label of a series. The values that a label may have are few and known: each makes a series of its own, for ever.
struct Label {
  std::string_view name;  // lives as long as the program
  std::string value;      // UTF-8
  friend bool operator==(const Label&, const Label&) = default;
};
using Labels = std::vector<Label>;

template <MetricName name>
Label label(std::string value) {
  static_assert(name.is_well_formed(), "cardea: the name of a label has letters, digits and underscores only");
  static_assert(name.text() != "le", "cardea: the label le belongs to the buckets of histograms");
  return {name.text(), std::move(value)};
}

}  // namespace cardea
