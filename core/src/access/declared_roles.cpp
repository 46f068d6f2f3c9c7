#include <algorithm>
#include <cardea/core/access/declared_roles.hpp>

namespace cardea {

DeclaredRoles::DeclaredRoles() : definitions_{{Role::parse("admin").value(), PermissionSet::from_scope("*"), {}}} {}

DeclaredRoles::DeclaredRoles(const Catalogue& catalogue)
    : catalogue_(catalogue), definitions_(catalogue.definitions()) {}

bool DeclaredRoles::contain(const Role& role) const {
  return std::ranges::find(definitions_, role, &RoleDefinition::role) != definitions_.end();
}

bool DeclaredRoles::can_grant(const Permission& permission) const {
  return !catalogue_ || catalogue_->can_grant(permission.name());
}

std::vector<RoleDefinition> DeclaredRoles::with(std::span<const StoredRole> stored) const {
  auto roles = definitions_;
  for (const auto& [definition, version, changed_at] : stored) {
    if (contain(definition.role)) continue;
    auto role = definition;
    role.permissions = {};
    for (const auto& permission : definition.permissions.permissions()) {
      if (can_grant(permission)) role.permissions.add(permission);
    }
    roles.push_back(std::move(role));
  }
  return roles;
}

}  // namespace cardea
