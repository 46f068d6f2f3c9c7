#include "terminal/printable.hpp"

#include <cardea/core/base/json_text.hpp>

namespace cardea::cli {
namespace {

// The character at the front; empty if the bytes there are none.
std::string_view character_at_front(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t length = 1; length <= kLongest && length <= text.size(); ++length) {
    if (is_utf8(text.substr(0, length))) return text.substr(0, length);
  }
  return {};
}

// Of one character as UTF-8 (RFC 3629 section 3): in its first byte as many ones as it has bytes stand before the bits
// that count, in each other byte one 1 and a 0.
constexpr char32_t code_point_of(std::string_view character) {
  char32_t code_point = 0;
  for (const char c : character) code_point = (code_point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  if (character.size() == 1) return static_cast<unsigned char>(character.front());
  const auto bits = 5 * character.size() + 1;
  return code_point & ((char32_t{1} << bits) - 1);
}

constexpr bool is_control(char32_t c) { return c <= 0x1F || (0x7F <= c && c <= 0x9F); }

constexpr bool is_separator_or_direction(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (0x2028 <= c && c <= 0x202E) || (0x2066 <= c && c <= 0x2069);
}

constexpr bool is_printable(std::string_view character) {
  const auto code_point = code_point_of(character);
  return !character.empty() && !is_control(code_point) && !is_separator_or_direction(code_point);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto character = character_at_front(text);
    if (is_printable(character))
      shown += character;
    else
      shown += '?';
    text.remove_prefix(character.empty() ? 1 : character.size());
  }
  return shown;
}

}  // namespace cardea::cli
