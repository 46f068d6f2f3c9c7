#include <algorithm>
#include <cardea/core/access/guarded_roles.hpp>

namespace cardea {

Done keeps_a_holder(const GuardedRoles& guarded, std::span<const StoredRole> before, std::span<const StoredRole> after,
                    const std::function<bool(std::span<const Role>)>& is_held) {
  if (!guarded) return {};
  const auto roles = guarded(before), roles_after = guarded(after);
  const auto stays = [&](const Role& role) { return std::ranges::find(roles_after, role) != roles_after.end(); };
  if (std::ranges::all_of(roles, stays) || is_held(roles_after) || !is_held(roles)) return {};
  return failure(ErrorCode::last_administrator);
}

}  // namespace cardea
