#include "account/import_statements.hpp"

#include <algorithm>
#include <unordered_set>

#include "database/connection.hpp"

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::size_t kColumns = 9;

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

// "(:v0, :v1, …), (…)"
std::string placeholders(std::size_t rows) {
  std::string text;
  for (std::size_t i = 0; i < rows * kColumns; ++i) {
    const bool first_of_row = i % kColumns == 0;
    text += (first_of_row ? (i == 0 ? "(:v" : "), (:v") : ", :v") + std::to_string(i);
  }
  return text + ")";
}

}  // namespace

ImportStatements::ImportStatements(soci::session& session)
    : insert_all_(inserting(session, kRows)), insert_one_(inserting(session, 1)) {}

soci::statement ImportStatements::inserting(soci::session& session, std::size_t rows) {
  auto prepared =
      session.prepare
      << "INSERT INTO users (username, role, other_roles, state, password_hash, email, disabled_until, created_at, "
         "updated_at) VALUES "
      << placeholders(rows) << " ON CONFLICT (username) DO NOTHING RETURNING username";
  for (std::size_t i = 0; i < rows; ++i) {
    auto& row = rows_[i];
    prepared, use(row.username), use(row.role), use(row.other_roles), use(row.state), use(row.password_hash),
        use(row.email.value, row.email.indicator), use(row.disabled_until.value, row.disabled_until.indicator),
        use(row.created_at), use(now_);
  }
  prepared, into(added_);
  return {prepared};
}

ImportStatements::Row ImportStatements::row_of(const ImportedUser& imported) {
  const auto& [user, state, created_at, disabled_until, other_roles] = imported;
  Row row;
  row.username = user.username.text();
  row.role = user.role.name();
  row.other_roles = other_roles.to_text();
  row.state = name_of(state);
  row.password_hash = user.password_hash.expose();
  if (user.email) row.email.set(std::string(user.email->text()));
  if (disabled_until) row.disabled_until.set(microseconds_of(*disabled_until));
  row.created_at = microseconds_of(created_at);
  return row;
}

std::vector<bool> ImportStatements::insert(std::span<const ImportedUser> users, Instant now) {
  now_ = microseconds_of(now);
  return users.size() == kRows ? insert_together(users) : insert_each(users);
}

std::vector<bool> ImportStatements::insert_each(std::span<const ImportedUser> users) {
  std::vector<bool> added;
  for (const auto& user : users) {
    rows_.front() = row_of(user);
    added.push_back(fetch_one(insert_one_));
  }
  return added;
}

// A name that is there twice is added by the first row that has it.
std::vector<bool> ImportStatements::insert_together(std::span<const ImportedUser> users) {
  std::ranges::transform(users, rows_.begin(), row_of);
  std::unordered_set<std::string> names;
  insert_all_.execute();
  while (insert_all_.fetch()) names.insert(added_);
  std::vector<bool> added;
  for (const auto& row : rows_) added.push_back(names.erase(row.username) > 0);
  return added;
}

}  // namespace cardea::sql
