// Which permissions each role has in the end, and which roles it is, too. A role that is not mentioned has none.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/access/role.hpp>
#include <map>
#include <set>
#include <vector>

namespace cardea {

class RolePermissions {
 public:
  // The role admin has "*", every other role nothing.
  static RolePermissions administrators_may_everything();

  void grant(const Role& role, Permission permission);
  // `role` is `included`, too, with what that one has of its own.
  void include(const Role& role, const Role& included, const PermissionSet& permissions);

  // Lives until the next grant, at the least. Neither of these allocates.
  const PermissionSet& of(const Role& role) const noexcept;
  bool includes(const Role& role, std::string_view included) const noexcept;  // every role includes itself

  // The roles that allow it, ascending.
  std::vector<Role> roles_with(std::string_view permission) const;

 private:
  struct Held {
    PermissionSet permissions;
    std::set<std::string, std::less<>> included;
  };
  std::map<Role, Held> held_;
};

}  // namespace cardea
