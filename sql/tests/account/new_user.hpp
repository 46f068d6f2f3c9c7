// A user for tests that need one, whoever it is.
#pragma once

#include <cardea/core/account/user_store.hpp>
#include <string_view>

namespace cardea::sql {

inline NewUser new_user(std::string_view username) {
  return {Username::parse(username).value(), Role::parse("user").value(), PasswordHash{"h"}};
}

}  // namespace cardea::sql
