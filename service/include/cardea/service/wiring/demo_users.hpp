// alice (alicepw, admin) and bob (bobpw, user): for trying things out, and nowhere else.
#pragma once

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/service/config/config.hpp>

namespace cardea::service {

// Error: configuration_invalid, where the demo is configured and others than this machine could reach it, unless the
// configuration says that they may.
Done check_demo(const Config& config);

// Adds those that are missing. Error: configuration_invalid for a database that has users, but not these: the demo
// passwords have no place there.
Done add_demo_users(UserStore& users, const PasswordHasher& hasher, Instant now);

// Error: configuration_invalid if a demo user can log in with the demo password, which everybody knows.
Done refuse_demo_users(UserStore& users, const PasswordHasher& hasher);

}  // namespace cardea::service
