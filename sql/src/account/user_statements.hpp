// The statements on table `users`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/account/user_store.hpp>
#include <string>
#include <string_view>

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

  // Where all columns are read.
  Nullable<std::string> email;
  long long version = 0;
};

inline constexpr std::string_view kAllUserColumns =
    "id, username, role, other_roles, state, created_at, disabled_until, email, version";

// A statement that reads all of those columns, behind the inputs that `prepared` is bound to already.
template <class Prepared>
soci::statement reading_all(UserRow& row, Prepared& prepared) {
  using soci::into;
  return soci::statement((prepared, into(row.id), into(row.username), into(row.role), into(row.other_roles),
                          into(row.state), into(row.created_at),
                          into(row.disabled_until.value, row.disabled_until.indicator),
                          into(row.email.value, row.email.indicator), into(row.version)));
}

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
  long long limit = 0, version = 0;

  // Outputs, shared by all.
  UserRow row;
  std::string found_hash;
  long long changed_id = 0;

  soci::statement find_by_name;      // username -> row
  soci::statement find_by_id;        // id -> row
  soci::statement find_record;       // id -> row, email and version included
  soci::statement find_credentials;  // username -> row, found_hash
  soci::statement find_by_reset;     // reset_digest, now -> row
  soci::statement add;               // username, role, password_hash, email, now -> row; none if the name is taken
  // role, other_roles, state, disabled_until, email, now, id, version -> row, email and version included; none for a
  // deleted account, and for one of another version
  soci::statement change;
  soci::statement erase;              // now, id, version -> likewise
  soci::statement restore;            // now, id -> row; none for an account that is not deleted
  soci::statement set_reset;          // reset_digest, end, now, id -> changed_id; likewise
  soci::statement set_password_hash;  // password_hash, now, id -> changed_id; likewise
  soci::statement use_reset;          // password_hash, now, reset_digest -> row
  soci::statement replace_hash;       // password_hash, now, id, expected_hash -> changed_id; likewise
  soci::statement list;               // id, limit -> rows after id
  soci::statement list_exported;      // id, limit -> rows after id, email and version included, found_hash
};

}  // namespace cardea::sql
