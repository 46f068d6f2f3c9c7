// A UserQuery as statements. What one index can find is one branch: of a text, those whose name begins with it and
// those whose address does; of a role, those who have it first and those who have it besides.
//
// PostgreSQL knows how common a value is, and chooses an index by that. SQLite does not, and is told: where a branch
// has few rows by one of its conditions, it is read by that and sorted; where all are common, it is read in the order
// of the page until that is full. So no page costs more than `kFew` rows and the way to its last row.
#pragma once

#include <soci/soci.h>

#include <cardea/core/account/user_query.hpp>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "account/user_statements.hpp"
#include "database/connection.hpp"

namespace cardea::sql {

inline constexpr long long kFew = 5'000;

// A '?' in the text for each value.
struct BoundSql {
  std::string text;
  std::vector<std::variant<long long, std::string>> values;

  void append(const BoundSql& other);
  // With the values bound, which live in here.
  soci::details::prepare_temp_type prepare(soci::session& session) const;
};

struct UserCondition {
  BoundSql by_index;  // in words that an index serves
  BoundSql by_row;    // the same; on SQLite in words that none does
  bool has_index = false;
  bool is_in_order = false;  // the index has its rows in the order of the page
  // What is counted to tell whether it is common: the condition, or what of it the index knows.
  BoundSql counted;
};

using UserBranch = std::vector<UserCondition>;

std::vector<UserBranch> branches_of(const UserQuery& query, Dialect dialect, Instant now);

// `driver` is the condition by which rows are found; null: on SQLite all are looked at, in the order of the page.
BoundSql statement_of(const UserQuery& query, const UserBranch& branch, const UserCondition* driver);

// Null on PostgreSQL.
const UserCondition* driver_of(Connection& connection, const UserBranch& branch);

Result<UserRecordPage> search_users(Connection& connection, const UserQuery& query, Instant now);

}  // namespace cardea::sql
