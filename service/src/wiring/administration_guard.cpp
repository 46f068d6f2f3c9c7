#include <cardea/core/account/account_administration.hpp>
#include <cardea/service/wiring/administration_guard.hpp>

namespace cardea::service {

RoleGuard administration_guard(UserStore& users) {
  const auto anyone_has = [&users](std::span<const Role> roles, Instant now) -> Result<bool> {
    for (const auto& role : roles) {
      UserQuery query;
      query.state = AccountState::active;
      query.role = role;
      query.limit = 1;
      const auto found = users.search(query, now);
      if (!found) return failure(found.error());
      if (!found->users.empty()) return true;
    }
    return false;
  };
  return {std::string(AccountAdministration::kAdministration), anyone_has};
}

}  // namespace cardea::service
