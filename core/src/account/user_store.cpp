#include <cardea/core/account/user_store.hpp>

namespace cardea {
namespace {

Result<User> user_in(Result<UserRecord> record) {
  if (!record) return failure(std::move(record).error());
  return std::move(record->user);
}

}  // namespace

std::optional<User> UserStore::find_without_waiting(const Username&) const { return std::nullopt; }

Result<User> UserStore::set_state(UserId id, AccountState state, Instant now) {
  return user_in(change(id, {.state = state}, {}, now));
}

Result<User> UserStore::disable_until(UserId id, Instant end, Instant now) {
  return user_in(change(id, {.state = AccountState::disabled, .disabled_until = end}, {}, now));
}

Result<UserRecord> UserStore::set_email(UserId id, const std::optional<EmailAddress>& email, Instant now) {
  return change(id, {.email = email}, {}, now);
}

Result<User> UserStore::set_roles(UserId id, const Role& first, const RoleList& others, Instant now) {
  return user_in(change(id, {.roles = UserRoles{first, others}}, {}, now));
}

}  // namespace cardea
