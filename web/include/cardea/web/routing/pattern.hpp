// Route patterns, "/posts/{id}/comments": checked by the compiler, matched segment by segment.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cardea::web {

// True if `text` names exactly one place: it starts with a slash, has no empty, dot or repeated parts, no trailing
// slash (but "/" itself), and each {parameter} is a whole segment with a C-like name of its own.
constexpr bool is_pattern(std::string_view text) noexcept;

// True if the pattern has a segment {name}.
constexpr bool pattern_has_parameter(std::string_view pattern, std::string_view name) noexcept;

namespace pattern_detail {

constexpr bool is_name(std::string_view text) noexcept {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  for (const char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

// Unreserved characters and the few others that need no percent-encoding in a segment (RFC 3986 section 3.3).
constexpr bool is_literal(std::string_view text) noexcept {
  if (text.empty() || text == "." || text == "..") return false;
  for (const char c : text) {
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter_or_digit && std::string_view{"-._~!$&'()*+,;=:@"}.find(c) == std::string_view::npos) return false;
  }
  return true;
}

constexpr std::string_view parameter_of(std::string_view segment) noexcept {
  const bool braces = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
  return braces ? segment.substr(1, segment.size() - 2) : std::string_view{};
}

// Takes the first segment and its slash off the front of "/a/b". A loop, since std::string_view::find on a template
// argument is no constant for GCC 12 with -fsanitize=null.
constexpr std::string_view take_segment(std::string_view& rest) noexcept {
  rest.remove_prefix(1);
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != '/') ++length;
  const auto segment = rest.substr(0, length);
  rest.remove_prefix(length);
  return segment;
}

}  // namespace pattern_detail

constexpr bool pattern_has_parameter(std::string_view pattern, std::string_view name) noexcept {
  while (!pattern.empty()) {
    if (pattern_detail::parameter_of(pattern_detail::take_segment(pattern)) == name && !name.empty()) return true;
  }
  return false;
}

constexpr bool is_pattern(std::string_view text) noexcept {
  if (text == "/") return true;
  if (text.empty() || text.front() != '/') return false;
  while (!text.empty()) {
    if (text.front() != '/') return false;
    const auto segment = pattern_detail::take_segment(text);
    const auto name = pattern_detail::parameter_of(segment);
    if (name.empty() ? !pattern_detail::is_literal(segment) : !pattern_detail::is_name(name)) return false;
    if (!name.empty() && pattern_has_parameter(text, name)) return false;
  }
  return true;
}

// The names of the pattern's parameters, in their order.
std::vector<std::string_view> parameters_of(std::string_view pattern);

}  // namespace cardea::web
