// POST /auth/password: a user's own new password.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <string>

namespace cardea::service {

struct PasswordChange {
  std::string current_password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current_password, new_password))

// Uses an Authenticator, an AccountAdministration and HashingThreads. A wrong current password is 422, not the 401 by
// which clients learn that their token is over; it counts as a failed login does. The caller's other sessions end.
void add_password(web::App& app);

}  // namespace cardea::service
