// Where changes of users and of roles meet that may take away what is guarded: one row, which the second of two waits
// for (docs/decisions/0014-last-administrator.md).
#pragma once

#include <cardea/core/access/role.hpp>
#include <cardea/core/account/user.hpp>
#include <cardea/core/base/clock.hpp>
#include <span>

#include "database/connection.hpp"

namespace cardea::sql {

inline constexpr UserId kNobody{0};

// From here to the transaction's end no other one has it. What was read before may have changed.
void take_role_guard(Connection& connection);

// Whether anyone but `but` can log in at `now` and has any of the roles.
bool has_holder(Connection& connection, std::span<const Role> roles, UserId but, Instant now);

}  // namespace cardea::sql
