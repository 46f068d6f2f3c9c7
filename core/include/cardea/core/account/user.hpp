// An account as everyone but the authenticator sees it: without the password hash.
#pragma once

#include <cardea/core/access/role.hpp>
#include <cardea/core/account/username.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/id.hpp>

namespace cardea {

using UserId = Id<struct UserTag>;

// Deleted is for ever; the row stays so that the name is never given again.
enum class AccountState : unsigned char { active, disabled, deleted };

std::string_view name_of(AccountState state) noexcept;
Result<AccountState> parse_account_state(std::string_view text);  // Error: store_corrupt

struct User {
  UserId id;
  Username username;
  Role role;
  AccountState state = AccountState::active;
  Instant created_at{};

  friend bool operator==(const User&, const User&) = default;
};

}  // namespace cardea
