// POST /auth/register: an account that somebody makes for themselves, where the configuration lets them.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace cardea::service {

struct WantedAccount {
  std::string username;
  std::string password;
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(WantedAccount, (), (username, password, email))

struct RegisteredAccount {
  std::int64_t id = 0;
  std::string username;
  std::string role;
};
BOOST_DESCRIBE_STRUCT(RegisteredAccount, (), (id, username, role))

// Uses a Registration, an AccountAdministration and HashingThreads. The account has the role `user`. That a name is
// taken has to be said, since people choose their names: 409, after the same work as for a free one. Whether an e-mail
// address is known is not said.
void add_register(web::App& app);

}  // namespace cardea::service
