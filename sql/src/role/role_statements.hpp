// The statements on table `roles`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/access/role_store.hpp>
#include <string>
#include <vector>

#include "database/connection.hpp"

namespace cardea::sql {

struct RoleRow {
  // Error: store_corrupt.
  Result<StoredRole> role() const;

  std::string name, permissions, includes;
  long long version = 0, changed_at = 0;
};

// Each member is one statement: set its inputs, run it, read its row.
class RoleStatements {
 public:
  explicit RoleStatements(soci::session& session);

  // Inputs, shared by all. `role.version` is the one that is expected; 0: any.
  RoleRow role;

  // Outputs, shared by all.
  RoleRow row;

  soci::statement find;    // role.name -> row
  soci::statement add;     // role -> row; none if the name is taken
  soci::statement change;  // role -> row; none for an unknown role and for another version
  soci::statement remove;  // role.name, role.version -> row; likewise
  soci::statement list;    // -> rows by name
};

// All of them, by name. Error: store_corrupt.
Result<std::vector<StoredRole>> read_roles(Connection& connection);

}  // namespace cardea::sql
