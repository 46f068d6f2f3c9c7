#include "base/display_name.hpp"

#include <algorithm>
#include <cardea/core/base/json_text.hpp>

namespace cardea {
namespace {

bool starts_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// C0, DEL, and in UTF-8 the C1 range, U+0080 to U+009F.
bool has_control_character(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

bool is_display_name(std::string_view text, std::size_t longest) noexcept {
  return is_utf8(text) && text.find_first_not_of(' ') != std::string_view::npos &&
         static_cast<std::size_t>(std::ranges::count_if(text, starts_a_character)) <= longest &&
         !has_control_character(text);
}

}  // namespace cardea
