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

constexpr bool is_in(std::string_view character, std::string_view first, std::string_view last) {
  return character.size() == first.size() && first <= character && character <= last;
}

// Of one size, UTF-8 has the order of the code points. What changes the direction of text is written by its bytes.
constexpr bool is_printable(std::string_view character) {
  const bool is_control =
      is_in(character, {"\0", 1}, "\x1F") || character == "\x7F" || is_in(character, "\u0080", "\u009F");
  const bool is_separator_or_direction = character == "\u061C" || is_in(character, "\u200E", "\u200F") ||
                                         is_in(character, "\u2028", "\xE2\x80\xAE") ||
                                         is_in(character, "\xE2\x81\xA6", "\xE2\x81\xA9");
  return !character.empty() && !is_control && !is_separator_or_direction;
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
