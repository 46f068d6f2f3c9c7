#include <cardea/core/access/memory_role_store.hpp>
#include <mutex>

namespace cardea {

Result<std::vector<StoredRole>> MemoryRoleStore::list() {
  const std::shared_lock lock{users_.mutex_};
  return MemoryUserStore::listed(users_.roles_);
}

Result<StoredRole> MemoryRoleStore::add(const RoleDefinition& role, Instant now) {
  const std::unique_lock lock{users_.mutex_};
  const auto [place, is_new] = users_.roles_.try_emplace(role.role, StoredRole{role, 1, now});
  if (!is_new) return failure(ErrorCode::conflict);
  return place->second;
}

Result<StoredRole> MemoryRoleStore::change(const RoleDefinition& role, const RoleConditions& conditions, Instant now) {
  const std::unique_lock lock{users_.mutex_};
  auto roles = users_.roles_;
  const auto found = find(roles, role.role, conditions.version);
  if (!found) return failure(found.error());
  auto& stored = (*found)->second;
  stored = {role, stored.version + 1, now};
  auto changed = stored;
  if (auto done = become(std::move(roles), conditions.guarded, now); !done) return failure(std::move(done).error());
  return changed;
}

Done MemoryRoleStore::remove(const Role& role, const RoleConditions& conditions, Instant now) {
  const std::unique_lock lock{users_.mutex_};
  auto roles = users_.roles_;
  const auto found = find(roles, role, conditions.version);
  if (!found) return failure(found.error());
  roles.erase(*found);
  return become(std::move(roles), conditions.guarded, now);
}

Result<MemoryRoleStore::Roles::iterator> MemoryRoleStore::find(Roles& roles, const Role& role,
                                                               std::optional<RoleVersion> expected) {
  const auto found = roles.find(role);
  if (found == roles.end()) return failure(ErrorCode::role_not_found);
  if (expected && found->second.version != *expected) return failure(ErrorCode::conflict);
  return found;
}

Done MemoryRoleStore::become(Roles roles, const GuardedRoles& guarded, Instant now) {
  constexpr UserId kNobody{0};
  const auto is_held = [&](std::span<const Role> any) { return users_.has_another_with(kNobody, any, now); };
  const auto before = MemoryUserStore::listed(users_.roles_), after = MemoryUserStore::listed(roles);
  if (auto done = keeps_a_holder(guarded, before, after, is_held); !done) return done;
  users_.roles_ = std::move(roles);
  return {};
}

}  // namespace cardea
