#include <cardea/core/account/user.hpp>

namespace cardea {

std::string_view name_of(AccountState state) noexcept {
  switch (state) {
    case AccountState::active: return "active";
    case AccountState::disabled: return "disabled";
    case AccountState::deleted: return "deleted";
  }
  std::unreachable();
}

Result<AccountState> parse_account_state(std::string_view text) {
  for (const auto state : {AccountState::active, AccountState::disabled, AccountState::deleted}) {
    if (text == name_of(state)) return state;
  }
  return failure(ErrorCode::store_corrupt, PrivateText{"unknown account state"});
}

}  // namespace cardea
