#include "remote/freshness.hpp"

#include <algorithm>
#include <cardea/web/http/headers.hpp>
#include <charconv>
#include <cstdint>

namespace cardea::web {
namespace {

using std::chrono::seconds;

// RFC 9111 section 1.2.2: what is larger counts as this.
constexpr seconds kLongest{2147483648};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<seconds> delta_seconds(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} ? std::min(seconds{number}, kLongest) : kLongest;
}

struct Directives {
  bool must_ask = false;
  std::optional<seconds> max_age = {};

  void add(std::string_view directive) {
    const auto equals = std::min(directive.find('='), directive.size());
    const auto name = trimmed(directive.substr(0, equals));
    if (equal_ignoring_case(name, "no-store") || equal_ignoring_case(name, "no-cache")) must_ask = true;
    if (!equal_ignoring_case(name, "max-age")) return;
    const auto value = equals == directive.size() ? std::nullopt : delta_seconds(directive.substr(equals + 1));
    must_ask |= !value || max_age;
    max_age = value;
  }
};

// Zero if there is none; nothing if it cannot be told.
std::optional<seconds> age_of(std::span<const std::string_view> age) {
  if (age.empty()) return seconds{0};
  return age.size() == 1 ? delta_seconds(age.front()) : std::nullopt;
}

}  // namespace

std::optional<seconds> freshness_of(std::span<const std::string_view> cache_control,
                                    std::span<const std::string_view> age) {
  Directives directives;
  for (auto value : cache_control) {
    while (!value.empty()) {
      const auto end = std::min(value.find(','), value.size());
      directives.add(trimmed(value.substr(0, end)));
      value.remove_prefix(std::min(end + 1, value.size()));
    }
  }
  if (directives.must_ask) return seconds{0};
  if (!directives.max_age) return std::nullopt;
  const auto spent = age_of(age);
  return spent ? std::max(*directives.max_age - *spent, seconds{0}) : seconds{0};
}

}  // namespace cardea::web
