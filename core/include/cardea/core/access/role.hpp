// The name of a role, valid by construction.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

// The rule, usable by the compiler: 1 to 64 characters, lower-case letters, digits and _ - : . only, a letter first.
constexpr bool is_role_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > 64 || text.front() < 'a' || text.front() > 'z') return false;
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
  std::string_view name() const noexcept { return name_; }
  friend auto operator<=>(const Role&, const Role&) = default;

 private:
  explicit Role(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace cardea
