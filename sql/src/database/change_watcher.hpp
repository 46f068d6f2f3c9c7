// The table `changes`, read as seldom as will do.
#pragma once

#include <cardea/sql/database/change_versions.hpp>
#include <optional>

#include "database/connection.hpp"

namespace cardea::sql {

// These functions throw what SOCI throws.
ChangeVersions read_changes(Connection& connection);

class ChangeWatcher {
 public:
  // Always on the same connection, which nobody else uses: SQLite counts what others have committed since it looked.
  ChangeVersions read(Connection& connection);

 private:
  long long data_version_ = 0;
  std::optional<ChangeVersions> versions_;  // as of data_version_, or later
};

}  // namespace cardea::sql
