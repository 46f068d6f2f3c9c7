// What a file says of one user, by column.
#pragma once

#include <array>
#include <cardea/core/base/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::cli {

enum class UserColumn : std::uint8_t {
  username,
  role,
  state,
  disabled,
  disabled_until,
  email,
  created_at,
  password_hash,
  password_salt
};

inline constexpr std::array<std::string_view, 9> kUserColumnNames{
    "username", "role", "state", "disabled", "disabled_until", "email", "created_at", "password_hash", "password_salt"};

constexpr std::string_view name_of(UserColumn column) noexcept {
  return kUserColumnNames[static_cast<std::size_t>(column)];
}

std::optional<UserColumn> user_column_named(std::string_view name) noexcept;

// "unknown column "phone"; …"
Error unknown_column(std::string_view name);

class UserColumns {
 public:
  // Empty for a column that the file does not have, and for one without a value.
  const std::string& operator[](UserColumn column) const noexcept { return values_[index_of(column)]; }
  std::string& operator[](UserColumn column) noexcept { return values_[index_of(column)]; }

 private:
  static std::size_t index_of(UserColumn column) noexcept { return static_cast<std::size_t>(column); }
  std::array<std::string, kUserColumnNames.size()> values_;
};

}  // namespace cardea::cli
