#include <algorithm>
#include <cardea/core/api_key/api_key_name.hpp>
#include <cardea/core/base/json_text.hpp>

namespace cardea {
namespace {

bool starts_a_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

bool is_c0_or_del(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x20 || value == 0x7F;
}

// U+0080 to U+009F are the two bytes C2 80 to C2 9F; C2 begins nothing else below A0.
bool is_start_of_c1(char first, char second) {
  return static_cast<unsigned char>(first) == 0xC2 && static_cast<unsigned char>(second) < 0xA0;
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, is_c0_or_del) || std::ranges::adjacent_find(text, is_start_of_c1) != text.end();
}

}  // namespace

Result<ApiKeyName> ApiKeyName::parse(std::string_view text) {
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(text, starts_a_character));
  if (text.empty() || characters > kLongest || !is_utf8(text) || has_control_character(text)) {
    return failure(ErrorCode::api_key_rejected,
                   PublicText{"The name of an API key has 1 to 80 characters and no control character"});
  }
  return ApiKeyName{std::string(text)};
}

}  // namespace cardea
