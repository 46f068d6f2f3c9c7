#include <algorithm>
#include <cardea/core/account/username.hpp>

namespace cardea {
namespace {

constexpr bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
constexpr bool fits(char c) { return is_letter_or_digit(c) || std::string_view{"._-+@"}.contains(c); }

}  // namespace

Result<Username> Username::parse(std::string_view text) {
  if (text.empty() || text.size() > kLongest || !is_letter_or_digit(text.front()) || !std::ranges::all_of(text, fits)) {
    return failure(ErrorCode::username_invalid);
  }
  return Username{text};
}

}  // namespace cardea
