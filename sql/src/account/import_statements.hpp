// Inserting many users by one statement: most of what a user costs is the way to the server and back.
#pragma once

#include <soci/soci.h>

#include <cardea/core/account/user_store.hpp>
#include <span>
#include <string>
#include <vector>

#include "account/user_statements.hpp"

namespace cardea::sql {

class ImportStatements {
 public:
  // A statement's users, at most. On both databases, more of them make it no faster.
  static constexpr std::size_t kRows = 100;

  explicit ImportStatements(soci::session& session);

  // For each, whether its name was free. `users` are kRows at most.
  std::vector<bool> insert(std::span<const ImportedUser> users, Instant now);

 private:
  struct Row {
    std::string username, role, other_roles, state, password_hash;
    Nullable<std::string> email;
    Nullable<long long> disabled_until;
    long long created_at = 0;
  };
  static Row row_of(const ImportedUser& imported);

  soci::statement inserting(soci::session& session, std::size_t rows);
  std::vector<bool> insert_each(std::span<const ImportedUser> users);
  std::vector<bool> insert_together(std::span<const ImportedUser> users);

  std::vector<Row> rows_{kRows};
  long long now_ = 0;
  std::string added_;
  soci::statement insert_all_;  // every row, now_ -> the added_ ones
  soci::statement insert_one_;  // the first row, now_ -> added_, unless the name is taken
};

}  // namespace cardea::sql
