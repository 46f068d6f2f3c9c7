// What somebody may do: "posts:write", or with a wildcard a whole family of that, "posts:*".
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace cardea {

inline constexpr std::size_t kLongestPermission = 64;

// What a route may ask for, usable by the compiler: 1 to 64 characters, parts of lower-case letters, digits and _ - .
// joined by ':'. No wildcard: who asks, asks for one thing.
constexpr bool is_permission_name(std::string_view text) noexcept {
  if (text.size() > kLongestPermission) return false;
  bool has_part = false;
  for (const char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    if (!fits && !(c == ':' && has_part)) return false;
    has_part = fits;
  }
  return has_part;
}

// What may be granted: such a name, or one whose last part is a wildcard ("posts:*"), or the wildcard alone.
constexpr bool is_permission(std::string_view text) noexcept {
  if (text == "*") return true;
  if (!text.ends_with(":*")) return is_permission_name(text);
  return text.size() <= kLongestPermission && is_permission_name(text.substr(0, text.size() - 2));
}

class Permission {
 public:
  // Error: permission_invalid.
  static Result<Permission> parse(std::string_view text);
  std::string_view name() const noexcept { return name_; }

  // "posts:*" covers "posts:write", "posts:comments:write" and "posts:comments:*", but not "posts"; "*" covers every
  // permission. Text that is none is covered by nothing.
  bool covers(std::string_view needed) const noexcept;
  bool covers(const Permission& needed) const noexcept { return covers(needed.name()); }

  friend auto operator<=>(const Permission&, const Permission&) = default;

 private:
  explicit Permission(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace cardea
