// Roles of which one is to remain with somebody who can log in, whatever becomes of users and of roles: what a change
// of either is held against (docs/decisions/0014-last-administrator.md).
#pragma once

#include <cardea/core/access/stored_role.hpp>
#include <functional>
#include <span>
#include <vector>

namespace cardea {

// Those, while `stored` are the stored roles. A store calls it within a change, so that it neither waits nor asks a
// store. An empty function guards nothing.
using GuardedRoles = std::function<std::vector<Role>(std::span<const StoredRole> stored)>;

// For a store that changes the stored roles from `before` to `after`. `is_held` tells whether anybody who can log in
// has any of some roles. Error: last_administrator, if nobody would be left, where there was somebody.
Done keeps_a_holder(const GuardedRoles& guarded, std::span<const StoredRole> before, std::span<const StoredRole> after,
                    const std::function<bool(std::span<const Role>)>& is_held);

}  // namespace cardea
