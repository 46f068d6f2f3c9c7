// The accounts: somebody can look after them, and nobody has a password that everybody knows.
#pragma once

#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/service/diagnosis/finding.hpp>

namespace cardea::service {

Finding check_administrators(UserStore& users, const LiveRoles& roles, Instant now);
// `demo`: the demo passwords are wanted.
Finding check_demo_passwords(UserStore& users, const PasswordHasher& hasher, bool demo);

}  // namespace cardea::service
