#include "role/role_guard.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

// Who else can log in and has the role, or not yet: a condition that `holds` completes.
std::string holding(std::string_view holds) {
  return "SELECT id FROM users WHERE " + std::string(holds) +
         " AND id <> :id AND password_hash <> '' AND (state = 'active' OR (state = 'disabled' AND disabled_until <= "
         ":now)) LIMIT 1";
}

struct RoleGuardStatements {
  explicit RoleGuardStatements(soci::session& session)
      : take((session.prepare << "UPDATE guards SET taken = taken + 1 WHERE name = 'administrators' RETURNING taken",
              into(found))),
        find_first((session.prepare << holding("role = :role"), use(role), use(but), use(now), into(found))),
        find_other((session.prepare << holding("other_roles <> '' AND replace(' ' || other_roles || ' ', :role, '') "
                                               "<> ' ' || other_roles || ' '"),
                    use(spaced_role), use(but), use(now), into(found))) {}

  std::string role, spaced_role;
  long long but = 0, now = 0;
  long long found = 0;

  soci::statement take;
  soci::statement find_first;  // role, but, now -> found: somebody's id
  soci::statement find_other;  // spaced_role, but, now -> found: the same by a role besides the first
};

}  // namespace

void take_role_guard(Connection& connection) { fetch_one(connection.prepared<RoleGuardStatements>().take); }

bool has_holder(Connection& connection, std::span<const Role> roles, UserId but, Instant now) {
  auto& guard = connection.prepared<RoleGuardStatements>();
  guard.but = but.value;
  guard.now = now.time_since_epoch().count();
  return std::ranges::any_of(roles, [&guard](const Role& role) {
    guard.role = role.name();
    guard.spaced_role = ' ' + guard.role + ' ';
    return fetch_one(guard.find_first) || fetch_one(guard.find_other);
  });
}

}  // namespace cardea::sql
