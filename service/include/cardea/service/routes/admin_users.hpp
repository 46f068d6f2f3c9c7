// /admin/users: the accounts, for administrators. Seeing needs users:read, changing users:write.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct UserView {
  std::int64_t id = 0;
  std::string username;
  std::string role;  // the first one
  std::vector<std::string> other_roles;
  std::string state;                      // active, disabled or deleted; the one that counts now
  std::optional<Instant> disabled_until;  // of a disabling that ends by itself
  std::optional<std::string> email;
  Instant created_at{};
  std::int64_t version = 0;  // the entity tag of /admin/users/{id}

  static UserView of(const UserRecord& record, Instant now);
};
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (id, username, role, other_roles, state, disabled_until, email, created_at, version))

struct UserListing {
  std::vector<UserView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(UserListing, (), (items, next))

struct NewAccount {
  std::string username;
  std::optional<std::string> role;      // user unless said
  std::optional<std::string> password;  // without one, nobody logs in before it is reset
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (username, role, password, email))

BOOST_DEFINE_ENUM_CLASS(WantedState, active, disabled)

// What is absent stays.
struct AccountPatch {
  std::optional<std::string> role;
  std::optional<std::vector<std::string>> other_roles;
  std::optional<WantedState> state;
  std::optional<Instant> disabled_until;            // with the state `disabled`, which has no end without it
  std::optional<std::optional<std::string>> email;  // null removes it
};
BOOST_DESCRIBE_STRUCT(AccountPatch, (), (role, other_roles, state, disabled_until, email))

// Uses an AccountAdministration, a UserStore, HashingThreads and an AuditSink. Nobody gives a role that gives more than
// they have, and nobody changes the account of somebody who may do more than they. A change says by If-Match which
// version it is of.
void add_admin_users(web::App& app);

}  // namespace cardea::service
