#include <algorithm>
#include <cardea/core/account/user_change.hpp>

namespace cardea {

UserRecord UserChange::applied_to(UserRecord record) const {
  if (state) {
    record.user.state = *state;
    record.user.disabled_until = *state == AccountState::disabled ? disabled_until : std::nullopt;
  }
  if (roles) {
    record.user.role = roles->first;
    record.user.other_roles = roles->others;
  }
  if (email) record.email = *email;
  if (record.user.state == AccountState::deleted) record.email.reset();
  return record;
}

bool takes_away(const User& before, const User& after, Instant now) {
  if (before.state_at(now) != AccountState::active) return false;
  if (after.state_at(now) != AccountState::active) return true;
  const auto keeps = [&after](const Role& role) {
    return after.role == role || after.other_roles.contains(role.name());
  };
  return !keeps(before.role) || !std::ranges::all_of(before.other_roles.roles(), keeps);
}

bool is_active_with(const User& user, std::span<const Role> roles, Instant now) {
  return user.state_at(now) == AccountState::active && std::ranges::any_of(roles, [&](const Role& role) {
           return user.role == role || user.other_roles.contains(role.name());
         });
}

}  // namespace cardea
