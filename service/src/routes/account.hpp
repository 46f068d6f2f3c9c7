// The caller's account, as the parts of core that act on one take it.
#pragma once

#include <cardea/core/account/user.hpp>
#include <cardea/web/security/current_user.hpp>

namespace cardea::service {

struct Account {
  User user;

  const User& operator*() const noexcept { return user; }
  const User* operator->() const noexcept { return &user; }

  // Error: that of a name or a role that no account can have.
  static Result<Account> resolve(const web::CurrentUser& caller) {
    auto username = Username::parse(caller.username);
    if (!username) return failure(std::move(username).error());
    auto role = Role::parse(caller.role);
    if (!role) return failure(std::move(role).error());
    return Account{{.id = UserId{caller.id},
                    .username = *std::move(username),
                    .role = *std::move(role),
                    .state = AccountState::active,
                    .created_at = {},
                    .disabled_until = {},
                    .other_roles = caller.other_roles}};
  }
};

}  // namespace cardea::service
