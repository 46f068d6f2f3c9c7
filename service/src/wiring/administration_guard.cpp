#include <cardea/core/account/account_administration.hpp>
#include <cardea/service/wiring/administration_guard.hpp>

namespace cardea::service {

RoleGuard administration_guard(UserStore& users) {
  return {std::string(AccountAdministration::kAdministration),
          [&users](std::span<const Role> roles, Instant now) { return users.has_active_with(roles, now); }};
}

}  // namespace cardea::service
