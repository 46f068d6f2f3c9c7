#include <algorithm>
#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/role_graph.hpp>
#include <mutex>
#include <shared_mutex>

namespace cardea {
namespace {

bool gives(const RolePermissions& roles, const Role& first, const RoleList& others, std::string_view required) {
  const auto is_one = [&](const Role& role) { return roles.includes(role, required); };
  return is_one(first) || std::ranges::any_of(others.roles(), is_one);
}

}  // namespace

void LiveRoles::replace(RolePermissions roles) const {
  const std::unique_lock lock{state_->mutex};
  state_->roles = std::move(roles);
}

void LiveRoles::declare(DeclaredRoles declared) const {
  const std::unique_lock lock{state_->mutex};
  state_->declared = std::move(declared);
}

PermissionSet LiveRoles::permissions_of(const Role& first, const RoleList& others) const {
  const std::shared_lock lock{state_->mutex};
  auto permissions = state_->roles.of(first);
  for (const auto& role : others.roles()) permissions.add(state_->roles.of(role));
  return permissions;
}

std::vector<Role> LiveRoles::roles_with(std::string_view permission) const {
  const std::shared_lock lock{state_->mutex};
  return state_->roles.roles_with(permission);
}

std::vector<Role> LiveRoles::roles_with(std::string_view permission, std::span<const StoredRole> stored) const {
  const std::shared_lock lock{state_->mutex};
  if (!state_->declared) return state_->roles.roles_with(permission);
  return flattened(state_->declared->with(stored)).roles_with(permission);
}

bool LiveRoles::gives(const Role& first, const RoleList& others, std::string_view required) const {
  const std::shared_lock lock{state_->mutex};
  return cardea::gives(state_->roles, first, others, required);
}

bool LiveRoles::gives(const Role& first, const RoleList& others, std::string_view required,
                      const PermissionSet& scope) const {
  const auto role = Role::parse(required);
  if (!role) return false;
  const std::shared_lock lock{state_->mutex};
  const auto& given = state_->roles.of(*role);
  return !given.empty() && given.beyond(scope).empty() && cardea::gives(state_->roles, first, others, required);
}

}  // namespace cardea
