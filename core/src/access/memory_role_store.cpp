#include <cardea/core/access/memory_role_store.hpp>

namespace cardea {

Result<std::vector<StoredRole>> MemoryRoleStore::list() {
  const std::lock_guard lock{mutex_};
  std::vector<StoredRole> all;
  for (const auto& [role, stored] : rows_) all.push_back(stored);
  return all;
}

Result<StoredRole> MemoryRoleStore::add(const RoleDefinition& role, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto [place, is_new] = rows_.try_emplace(role.role, StoredRole{role, 1, now});
  if (!is_new) return failure(ErrorCode::conflict);
  return place->second;
}

Result<MemoryRoleStore::Rows::iterator> MemoryRoleStore::row(const Role& role, std::optional<RoleVersion> expected) {
  const auto found = rows_.find(role);
  if (found == rows_.end()) return failure(ErrorCode::role_not_found);
  if (expected && found->second.version != *expected) return failure(ErrorCode::conflict);
  return found;
}

Result<StoredRole> MemoryRoleStore::change(const RoleDefinition& role, std::optional<RoleVersion> expected,
                                           Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = row(role.role, expected);
  if (!found) return failure(found.error());
  auto& stored = (*found)->second;
  stored = {role, stored.version + 1, now};
  return stored;
}

Done MemoryRoleStore::remove(const Role& role, std::optional<RoleVersion> expected) {
  const std::lock_guard lock{mutex_};
  const auto found = row(role, expected);
  if (!found) return failure(found.error());
  rows_.erase(*found);
  return {};
}

}  // namespace cardea
