#include <cardea/core/base/json_text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cardea {
namespace {

// How many bytes follow a leading byte, and the range that the first of them may have (RFC 3629 section 4).
struct Lead {
  std::size_t following;
  unsigned char lowest, highest;
};

std::optional<Lead> lead_of(unsigned char byte) noexcept {
  if (byte < 0x80) return Lead{0, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{1, 0x80, 0xBF};
  if (byte == 0xE0) return Lead{2, 0xA0, 0xBF};
  if (byte == 0xED) return Lead{2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return Lead{2, 0x80, 0xBF};
  if (byte == 0xF0) return Lead{3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return Lead{3, 0x80, 0xBF};
  if (byte == 0xF4) return Lead{3, 0x80, 0x8F};
  return std::nullopt;
}

// The length of the code point at the front, 0 if there is none.
std::size_t code_point_length(std::string_view text) noexcept {
  const auto lead = lead_of(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() <= lead->following) return 0;
  for (std::size_t i = 1; i <= lead->following; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool first = i == 1;
    if (byte < (first ? lead->lowest : 0x80) || byte > (first ? lead->highest : 0xBF)) return 0;
  }
  return 1 + lead->following;
}

void append_escape(std::string& out, unsigned code_unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[(code_unit >> shift) & 0xF];
}

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (c < 0x20 || c == 0x7F)
    append_escape(out, static_cast<unsigned char>(c));
  else
    out += c;
}

// Stands in a JSON string as it is.
constexpr bool is_plain(char c) noexcept { return c >= ' ' && c < '\x7F' && c != '"' && c != '\\'; }

std::string_view plain_prefix(std::string_view text) noexcept {
  return {text.begin(), std::ranges::find_if_not(text, is_plain)};
}

constexpr bool is_c1_control(std::string_view code_point) {
  return code_point.size() == 2 && code_point[0] == '\xC2' && static_cast<unsigned char>(code_point[1]) < 0xA0;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  const auto is_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; };
  text.remove_prefix(static_cast<std::size_t>(std::ranges::find_if_not(text, is_ascii) - text.begin()));
  while (!text.empty()) {
    const auto length = code_point_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (;;) {
    const auto plain = plain_prefix(text);
    out += plain;
    text.remove_prefix(plain.size());
    if (text.empty()) break;
    const auto length = code_point_length(text);
    const auto code_point = text.substr(0, length);
    if (length == 0)
      out += "\xEF\xBF\xBD";
    else if (length == 1)
      append_ascii(out, text.front());
    else if (is_c1_control(code_point))
      append_escape(out, static_cast<unsigned char>(code_point[1]));
    else
      out += code_point;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
}

}  // namespace cardea
