// The name an account logs in with, valid by construction. It is the token's `sub`, so it never changes and is never
// given to another account, not even after a deletion.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class Username {
 public:
  // 1 to 64 characters: lower-case ASCII letters, digits and . _ - + @, the first a letter or digit. One spelling per
  // name, so that no two accounts look alike. Error: username_invalid.
  static Result<Username> parse(std::string_view text);
  std::string_view text() const noexcept { return text_; }
  friend auto operator<=>(const Username&, const Username&) = default;

 private:
  explicit Username(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
