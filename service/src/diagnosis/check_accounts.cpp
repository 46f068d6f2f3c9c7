#include "diagnosis/check_accounts.hpp"

#include <cardea/core/account/account_administration.hpp>
#include <cardea/service/wiring/demo_users.hpp>

#include "diagnosis/findings.hpp"

namespace cardea::service {

Finding check_administrators(UserStore& users, const LiveRoles& roles, Instant now) {
  const auto found = users.has_active_with(roles.roles_with(AccountAdministration::kAdministration), now);
  if (!found) return problem("administrators", found.error());
  if (*found) return ok("administrators", "somebody active has users:write");
  return warning("administrators", "nobody who can log in has users:write",
                 "run `cardea user add NAME --role admin`, or `cardea user grant NAME admin`");
}

Finding check_demo_passwords(UserStore& users, const PasswordHasher& hasher, bool demo) {
  const auto refused = refuse_demo_users(users, hasher);
  if (refused) return ok("demo users", "nobody has a demo password");
  if (demo && refused.error().code() == ErrorCode::configuration_invalid) {
    return warning("demo users", "alice and bob have passwords that everybody knows",
                   "use --demo to try things out only");
  }
  return problem("demo users", refused.error());
}

}  // namespace cardea::service
