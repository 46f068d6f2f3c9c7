// What a role is: a name for permissions, and for the roles whose permissions it has, too.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/access/role.hpp>
#include <cardea/core/access/role_list.hpp>

namespace cardea {

struct RoleDefinition {
  Role role;
  PermissionSet permissions;
  RoleList includes;

  friend bool operator==(const RoleDefinition&, const RoleDefinition&) = default;
};

}  // namespace cardea
