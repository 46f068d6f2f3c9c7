// alice (alicepw, admin) and bob (bobpw, user): for trying things out, and nowhere else.
#pragma once

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/user_store.hpp>

namespace cardea::service {

// Adds those that are missing. Error: configuration_invalid for a database that has users, but not these: the demo
// passwords have no place there.
Done add_demo_users(UserStore& users, const PasswordHasher& hasher, Instant now);

// Error: configuration_invalid if a demo user can log in with the demo password, which everybody knows.
Done refuse_demo_users(UserStore& users, const PasswordHasher& hasher);

}  // namespace cardea::service
