// Which permissions each role has. A role that is not mentioned has none.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/access/role.hpp>
#include <map>

namespace cardea {

class RolePermissions {
 public:
  // The role admin has "*", every other role nothing.
  static RolePermissions administrators_may_everything();

  void grant(const Role& role, Permission permission);
  // Lives until the next grant, at the least.
  const PermissionSet& of(const Role& role) const noexcept;

 private:
  std::map<Role, PermissionSet> granted_;
};

}  // namespace cardea
