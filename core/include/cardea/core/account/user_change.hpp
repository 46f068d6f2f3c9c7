// A change of an account, and what has to hold for it to happen.
#pragma once

#include <cardea/core/access/guarded_roles.hpp>
#include <cardea/core/account/email_address.hpp>
#include <cardea/core/account/user.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cardea {

// What only administrators see of an account.
struct UserRecord {
  User user;
  std::optional<EmailAddress> email;
  std::int64_t version = 0;  // ascends with each change that an administrator could see

  friend bool operator==(const UserRecord&, const UserRecord&) = default;
};

struct UserRoles {
  Role first;
  RoleList others{};
};

// What is empty stays as it is.
struct UserChange {
  // To be deleted erases the e-mail address, the password hash and a reset.
  std::optional<AccountState> state = std::nullopt;
  std::optional<Instant> disabled_until = std::nullopt;  // with the state `disabled` alone; without it there is no end
  std::optional<UserRoles> roles = std::nullopt;
  std::optional<std::optional<EmailAddress>> email = std::nullopt;

  UserRecord applied_to(UserRecord record) const;  // leaves the version
};

// Checked in the same step as the change is made, so that of two changes at once, of accounts or of roles, the second
// one sees the first.
struct ChangeConditions {
  // Error: precondition_failed, with the version that there is, for another one.
  std::optional<std::int64_t> version = std::nullopt;
  // Error: last_administrator, for a change by which somebody who is active gives up the last of these roles while
  // nobody else can log in, with a password, who has one.
  GuardedRoles guarded = {};
};

// Whether somebody who is active at `now` was not to be, or lost a role.
bool takes_away(const User& before, const User& after, Instant now);

// Active at `now`, with any of `roles`.
bool is_active_with(const User& user, std::span<const Role> roles, Instant now);

}  // namespace cardea
