#include <cardea/core/access/role_permissions.hpp>

namespace cardea {

RolePermissions RolePermissions::administrators_may_everything() {
  RolePermissions permissions;
  permissions.grant(Role::parse("admin").value(), Permission::parse("*").value());
  return permissions;
}

void RolePermissions::grant(const Role& role, Permission permission) { granted_[role].add(std::move(permission)); }

const PermissionSet& RolePermissions::of(const Role& role) const noexcept {
  static const PermissionSet none;
  const auto found = granted_.find(role);
  return found == granted_.end() ? none : found->second;
}

}  // namespace cardea
