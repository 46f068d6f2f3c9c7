// The statements on table `users`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/account/user_store.hpp>
#include <string>

namespace cardea::sql {

// Text or number that may be NULL.
template <class T>
struct Nullable {
  T value{};
  soci::indicator indicator = soci::i_null;

  void set(std::optional<T> to) {
    indicator = to ? soci::i_ok : soci::i_null;
    if (to) value = *std::move(to);
  }
  std::optional<T> get() const { return indicator == soci::i_ok ? std::optional{value} : std::nullopt; }
};

struct UserRow {
  // Error: store_corrupt.
  Result<User> user() const;
  Result<UserRecord> record() const;

  long long id = 0;
  std::string username, role, other_roles, state;
  long long created_at = 0;
  Nullable<long long> disabled_until;

  // Of `find_record` and `set_email` alone.
  Nullable<std::string> email;
  long long version = 0;
};

// Each member is one statement: set its inputs, run it, read its row.
class UserStatements {
 public:
  explicit UserStatements(soci::session& session);

  // Inputs, shared by all.
  long long id = 0;
  std::string username, role, other_roles, state;
  std::string password_hash, expected_hash, reset_digest;
  Nullable<long long> disabled_until;
  Nullable<std::string> email;
  long long now = 0, end = 0;
  long long limit = 0;

  // Outputs, shared by all.
  UserRow row;
  std::string found_hash;
  long long changed_id = 0;

  soci::statement find_by_name;       // username -> row
  soci::statement find_by_id;         // id -> row
  soci::statement find_record;        // id -> row, email and version included
  soci::statement find_credentials;   // username -> row, found_hash
  soci::statement find_by_reset;      // reset_digest, now -> row
  soci::statement add;                // username, role, password_hash, email, now -> row; none if the name is taken
  soci::statement set_state;          // state, disabled_until, now, id -> row; none for an unknown or deleted account
  soci::statement erase;              // now, id -> row; likewise
  soci::statement restore;            // now, id -> row; none for an account that is not deleted
  soci::statement set_roles;          // role, other_roles, now, id -> row; none for an unknown or deleted account
  soci::statement set_email;          // email, now, id -> row, email and version included; likewise
  soci::statement set_reset;          // reset_digest, end, now, id -> changed_id; likewise
  soci::statement set_password_hash;  // password_hash, now, id -> changed_id; likewise
  soci::statement use_reset;          // password_hash, now, reset_digest -> row
  soci::statement replace_hash;       // password_hash, now, id, expected_hash -> changed_id; likewise
  soci::statement list;               // id, limit -> rows after id
};

}  // namespace cardea::sql
