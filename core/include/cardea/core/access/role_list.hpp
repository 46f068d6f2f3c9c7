// Roles in their order, each once. Immutable and shared: a copy allocates nothing, so that an account which is copied
// out of a cache for every request may have any number of them.
#pragma once

#include <cardea/core/access/role.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

class RoleList {
 public:
  RoleList() = default;
  // A role that is named again is left out.
  explicit RoleList(std::vector<Role> roles);

  // Names with one space between two of them, as to_text writes them; empty text is no role. Error: role_invalid.
  static Result<RoleList> parse(std::string_view text);
  std::string to_text() const;

  std::span<const Role> roles() const noexcept {
    return roles_ ? std::span<const Role>{*roles_} : std::span<const Role>{};
  }
  bool empty() const noexcept { return roles_ == nullptr; }
  bool contains(std::string_view name) const noexcept;

  friend bool operator==(const RoleList& a, const RoleList& b) noexcept;

 private:
  std::shared_ptr<const std::vector<Role>> roles_;  // null: none
};

}  // namespace cardea
