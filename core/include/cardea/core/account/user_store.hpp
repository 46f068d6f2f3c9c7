// Where accounts are kept. Every implementation passes core/tests/account/user_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value.
#pragma once

#include <cardea/core/account/password_hash.hpp>
#include <cardea/core/account/user.hpp>
#include <optional>
#include <vector>

namespace cardea {

struct NewUser {
  Username username;
  Role role;
  PasswordHash password_hash;
};

// What the authenticator needs, in one look-up.
struct UserCredentials {
  User user;
  PasswordHash password_hash;
};

struct UserPage {
  std::vector<User> users;     // by ascending id, deleted ones included
  std::optional<UserId> next;  // pass as `after` for the next page; empty on the last
};

class UserStore {
 public:
  virtual ~UserStore() = default;

  // Deleted accounts are found too: their state says so. An unknown name or id is an empty optional, not an error.
  virtual Result<std::optional<User>> find(const Username& username) = 0;
  virtual Result<std::optional<User>> find(UserId id) = 0;

  // What find(username) would answer, if that is known without waiting for anything; empty says nothing about the
  // account. For threads that must not block.
  virtual std::optional<User> find_without_waiting(const Username& username) const;

  virtual Result<std::optional<UserCredentials>> find_credentials(const Username& username) = 0;

  // The first user of an empty store has id 1; ids ascend. Error: username_taken, also for deleted accounts' names.
  virtual Result<User> add(const NewUser& user, Instant now) = 0;

  // Errors: account_not_found, also for a deleted account.
  virtual Result<User> set_state(UserId id, AccountState state, Instant now) = 0;
  virtual Result<User> set_role(UserId id, const Role& role, Instant now) = 0;
  virtual Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) = 0;

  // Replaces the hash only while it still is `expected`, so that a rehash on login never undoes a password change
  // that came in between; false if it no longer is.
  virtual Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                             Instant now) = 0;

  // `limit` at least 1.
  virtual Result<UserPage> list(std::optional<UserId> after, std::size_t limit) = 0;

  // Readiness: one cheap round trip.
  virtual Done check() = 0;
};

}  // namespace cardea
