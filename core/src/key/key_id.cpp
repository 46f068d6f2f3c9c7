#include <algorithm>
#include <cardea/core/base/json_text.hpp>
#include <cardea/core/key/key_id.hpp>

namespace cardea {
namespace {

constexpr std::ptrdiff_t kMostCharacters = 128;

bool starts_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

Result<KeyId> KeyId::parse(std::string_view text) {
  if (!is_utf8(text)) return failure(ErrorCode::key_unusable, PrivateText{"the key id is not UTF-8"});
  if (std::ranges::count_if(text, starts_a_character) > kMostCharacters) {
    return failure(ErrorCode::key_unusable, PrivateText{"the key id is over 128 characters"});
  }
  return KeyId{std::string(text)};
}

}  // namespace cardea
