// An account as everyone but the authenticator sees it: without the password hash.
#pragma once

#include <cardea/core/access/role.hpp>
#include <cardea/core/access/role_list.hpp>
#include <cardea/core/account/username.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/id.hpp>
#include <optional>

namespace cardea {

using UserId = Id<struct UserTag>;

// The row of a deleted account stays, without anything personal, so that its name is never given again.
enum class AccountState : unsigned char { active, disabled, deleted };

std::string_view name_of(AccountState state) noexcept;
Result<AccountState> parse_account_state(std::string_view text);  // Error: store_corrupt

struct User {
  UserId id;
  Username username;
  Role role;
  AccountState state = AccountState::active;
  Instant created_at{};
  std::optional<Instant> disabled_until =
      std::nullopt;        // of a disabled account that is active again from that moment on
  RoleList other_roles{};  // besides the first, which is `role`

  // The state that counts: a disabling may be over, though nobody has written that down.
  AccountState state_at(Instant now) const noexcept {
    return state == AccountState::disabled && disabled_until && *disabled_until <= now ? AccountState::active : state;
  }

  friend bool operator==(const User&, const User&) = default;
};

}  // namespace cardea
