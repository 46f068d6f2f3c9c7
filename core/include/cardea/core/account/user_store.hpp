// Where accounts are kept. Every implementation passes core/tests/account/user_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value.
#pragma once

#include <cardea/core/account/email_address.hpp>
#include <cardea/core/account/password_hash.hpp>
#include <cardea/core/account/user.hpp>
#include <cardea/core/account/user_change.hpp>
#include <cardea/core/account/user_query.hpp>
#include <optional>
#include <span>
#include <vector>

namespace cardea {

struct NewUser {
  Username username;
  Role role;
  PasswordHash password_hash;
  std::optional<EmailAddress> email = std::nullopt;
};

// An account that is brought from elsewhere, with what it has been through.
struct ImportedUser {
  NewUser user;
  AccountState state = AccountState::active;
  Instant created_at{};
  std::optional<Instant> disabled_until = std::nullopt;  // of a disabled one
  RoleList other_roles{};
};

// What the authenticator needs, in one look-up.
struct UserCredentials {
  User user;
  PasswordHash password_hash;
};

// What can be taken elsewhere of an account.
struct ExportedUser {
  User user;
  std::optional<EmailAddress> email;
  PasswordHash password_hash;

  friend bool operator==(const ExportedUser&, const ExportedUser&) = default;
};

struct ExportedPage {
  std::vector<ExportedUser> users;  // by ascending id, deleted ones included
  std::optional<UserId> next;       // as of UserPage
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

  // Adds those whose names are free, all of them durably or none. True for each that was added, in the order of
  // `users`; false: its name is or was taken, perhaps by one before it.
  virtual Result<std::vector<bool>> add_imported(std::span<const ImportedUser> users, Instant now) = 0;

  virtual Result<std::optional<UserRecord>> find_record(UserId id) = 0;

  // All of it or, on an error, nothing. Where the account already is as it is to be, nothing is written.
  // Errors: account_not_found, also for a deleted account; those of the conditions.
  virtual Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                                    Instant now) = 0;

  // Changes of one thing, without conditions. A state has no end, whatever it had before.
  Result<User> set_state(UserId id, AccountState state, Instant now);
  Result<User> disable_until(UserId id, Instant end, Instant now);
  Result<UserRecord> set_email(UserId id, const std::optional<EmailAddress>& email, Instant now);
  Result<User> set_roles(UserId id, const Role& first, const RoleList& others, Instant now);
  // That role alone.
  Result<User> set_role(UserId id, const Role& role, Instant now) { return set_roles(id, role, {}, now); }

  // Error: account_not_found, also for a deleted account.
  virtual Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) = 0;

  // Makes a deleted account active again, without a password that would fit. Errors: account_not_found; conflict for
  // one that is not deleted.
  virtual Result<User> restore(UserId id, Instant now) = 0;

  // Whoever brings what has this digest may set a password until `end`. One an account: it takes the place of the one
  // before. A new password ends it, too. Error: account_not_found, also for a deleted account.
  virtual Done set_reset(UserId id, const std::string& digest, Instant end, Instant now) = 0;
  // Empty if there is none that counts.
  virtual Result<std::optional<User>> find_by_reset(const std::string& digest, Instant now) = 0;
  // Takes the reset and sets the password, by one atomic statement: of many at once one has the user.
  virtual Result<std::optional<User>> use_reset(const std::string& digest, const PasswordHash& hash, Instant now) = 0;

  // Replaces the hash only while it still is `expected`, so that a rehash on login never undoes a password change
  // that came in between; false if it no longer is.
  virtual Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                             Instant now) = 0;

  // `limit` at least 1.
  virtual Result<UserPage> list(std::optional<UserId> after, std::size_t limit) = 0;
  // The same, with all that an import brings back.
  virtual Result<ExportedPage> list_exported(std::optional<UserId> after, std::size_t limit) = 0;
  virtual Result<UserRecordPage> search(const UserQuery& query, Instant now) = 0;

  // Whether anyone who is active at `now`, and has a password, has any of `roles`.
  virtual Result<bool> has_active_with(std::span<const Role> roles, Instant now) = 0;

  // Readiness: one cheap round trip.
  virtual Done check() = 0;
};

}  // namespace cardea
