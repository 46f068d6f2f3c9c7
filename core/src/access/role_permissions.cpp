#include <cardea/core/access/role_permissions.hpp>

namespace cardea {

RolePermissions RolePermissions::administrators_may_everything() {
  RolePermissions permissions;
  permissions.grant(Role::parse("admin").value(), Permission::parse("*").value());
  return permissions;
}

void RolePermissions::grant(const Role& role, Permission permission) {
  held_[role].permissions.add(std::move(permission));
}

void RolePermissions::include(const Role& role, const Role& included, const PermissionSet& permissions) {
  auto& held = held_[role];
  held.permissions.add(permissions);
  held.included.emplace(included.name());
}

const PermissionSet& RolePermissions::of(const Role& role) const noexcept {
  static const PermissionSet none;
  const auto found = held_.find(role);
  return found == held_.end() ? none : found->second.permissions;
}

std::vector<Role> RolePermissions::roles_with(std::string_view permission) const {
  std::vector<Role> roles;
  for (const auto& [role, held] : held_) {
    if (held.permissions.allows(permission)) roles.push_back(role);
  }
  return roles;
}

bool RolePermissions::includes(const Role& role, std::string_view included) const noexcept {
  if (role.name() == included) return true;
  const auto found = held_.find(role);
  return found != held_.end() && found->second.included.contains(included);
}

}  // namespace cardea
