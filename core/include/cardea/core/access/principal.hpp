// Whom a token speaks for, and what they may: an account, another program, or whoever another service vouches for.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <string>

namespace cardea {

struct Principal {
  std::string subject;  // the token's sub; with a user store, the user name
  PermissionSet permissions;

  friend bool operator==(const Principal&, const Principal&) = default;
};

}  // namespace cardea
