// The name an account logs in with, valid by construction. It is the token's `sub`, so it never changes and is never
// given to another account, not even after a deletion.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/short_text.hpp>
#include <compare>
#include <cstddef>
#include <string_view>

namespace cardea {

class Username {
 public:
  static constexpr std::size_t kLongest = 64;

  // 1 to 64 characters: lower-case ASCII letters, digits and . _ - + @, the first a letter or digit. One spelling per
  // name, so that no two accounts look alike. Error: username_invalid.
  static Result<Username> parse(std::string_view text);
  std::string_view text() const noexcept { return text_.view(); }
  friend auto operator<=>(const Username&, const Username&) = default;

 private:
  explicit Username(std::string_view text) : text_(text) {}
  ShortText<kLongest> text_;
};

}  // namespace cardea
