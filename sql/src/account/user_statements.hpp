// The statements on table `users`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/account/user.hpp>
#include <string>

namespace cardea::sql {

struct UserRow {
  // Error: store_corrupt.
  Result<User> user() const;

  long long id = 0;
  std::string username, role, state;
  long long created_at = 0;
};

// Each member is one statement: set its inputs, run it, read its row.
class UserStatements {
 public:
  explicit UserStatements(soci::session& session);

  // Inputs, shared by all.
  long long id = 0;
  std::string username, role, state;
  std::string password_hash, expected_hash;
  long long now = 0;
  long long limit = 0;

  // Outputs, shared by all.
  UserRow row;
  std::string found_hash;
  long long changed_id = 0;

  soci::statement find_by_name;       // username -> row
  soci::statement find_by_id;         // id -> row
  soci::statement find_credentials;   // username -> row, found_hash
  soci::statement add;                // username, role, password_hash, now -> row; none if the name is taken
  soci::statement set_state;          // state, now, id -> row; none for an unknown or deleted account
  soci::statement set_role;           // role, now, id -> row; likewise
  soci::statement set_password_hash;  // password_hash, now, id -> changed_id; likewise
  soci::statement replace_hash;       // password_hash, now, id, expected_hash -> changed_id; likewise
  soci::statement list;               // id, limit -> rows after id
};

}  // namespace cardea::sql
