// The name of a role, valid by construction.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/short_text.hpp>
#include <compare>
#include <cstddef>
#include <string_view>

namespace cardea {

inline constexpr std::size_t kLongestRoleName = 64;

// The rule, usable by the compiler: 1 to 64 characters, lower-case letters, digits and _ - : . only, a letter first.
constexpr bool is_role_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > kLongestRoleName || text.front() < 'a' || text.front() > 'z') return false;
  for (const char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':' || c == '.';
    if (!fits) return false;
  }
  return true;
}

class Role {
 public:
  // Error: role_invalid.
  static Result<Role> parse(std::string_view text);
  std::string_view name() const noexcept { return name_.view(); }
  friend auto operator<=>(const Role&, const Role&) = default;

 private:
  explicit Role(std::string_view name) : name_(name) {}
  ShortText<kLongestRoleName> name_;
};

}  // namespace cardea
