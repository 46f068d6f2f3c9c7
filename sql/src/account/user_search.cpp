#include "account/user_search.hpp"

#include <algorithm>
#include <iterator>

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

BoundSql bound(std::string text, std::vector<std::variant<long long, std::string>> values = {}) {
  return {std::move(text), std::move(values)};
}

// The words for what an account has to be.
class Conditions {
 public:
  Conditions(Dialect dialect, Instant now) : dialect_(dialect), now_(now) {}

  // Names and addresses are of characters below DEL.
  UserCondition beginning_with(std::string_view column, const AccountPrefix& prefix, bool is_in_order) const {
    const std::string first(prefix.text());
    const auto words = [&](const std::string& text) {
      return bound(text + " >= ? AND " + text + " < ?", {first, first + '\x7F'});
    };
    const auto by_index = words(std::string(column));
    return {by_index, words(by_row(column)), true, is_in_order, by_index};
  }

  UserCondition with_first_role(const Role& role, bool is_in_order) const {
    const std::string name(role.name());
    const auto by_index = bound("role = ?", {name});
    return {by_index, bound(by_row("role") + " = ?", {name}), true, is_in_order, by_index};
  }

  UserCondition with_other_role(const Role& role, bool is_in_order) const {
    BoundSql having_any = bound("other_roles <> ''");
    auto by_index = bound("other_roles <> '' AND "), plain = bound(by_row("other_roles") + " <> '' AND ");
    by_index.append(among_other_roles(role));
    plain.append(among_other_roles(role));
    return {std::move(by_index), std::move(plain), true, is_in_order, std::move(having_any)};
  }

  UserCondition with_any_role(const Role& role) const {
    auto words = bound('(' + by_row("role") + " = ? OR ", {std::string(role.name())});
    words.append(among_other_roles(role));
    words.append(bound(")"));
    return {words, words, false, false, {}};
  }

  UserCondition in_state(AccountState state, bool is_in_order) const {
    if (state == AccountState::active) return active();
    const std::string name(name_of(state));
    const auto by_index = bound("state = ?", {name});
    UserCondition condition{by_index, bound(by_row("state") + " = ?", {name}), true, is_in_order, by_index};
    if (state == AccountState::disabled) {
      const auto still = bound(" AND (disabled_until IS NULL OR disabled_until > ?)", {microseconds_of(now_)});
      condition.by_index.append(still);
      condition.by_row.append(still);
    }
    return condition;
  }

 private:
  // No index has such an expression, and PostgreSQL's planner knows nothing of it.
  std::string by_row(std::string_view column) const {
    return std::string(column) + (dialect_ == Dialect::sqlite ? " || ''" : "");
  }

  static BoundSql among_other_roles(const Role& role) {
    const auto needle = ' ' + std::string(role.name()) + ' ';
    return bound("replace(' ' || other_roles || ' ', ?, '') <> ' ' || other_roles || ' '", {needle});
  }

  // Most accounts are, and some of them by a disabling that is over.
  UserCondition active() const {
    const auto state = by_row("state");
    const auto words = bound('(' + state + " = 'active' OR (" + state + " = 'disabled' AND disabled_until <= ?))",
                             {microseconds_of(now_)});
    return {words, words, false, false, {}};
  }

  const Dialect dialect_;
  const Instant now_;
};

struct OrderWords {
  std::string first, second;  // `second` decides between equals, if there are any
};

OrderWords words_of(UserOrder order, bool by_index) {
  switch (order) {
    case UserOrder::id: return {by_index ? "id" : "id + 0", {}};
    case UserOrder::username: return {by_index ? "username" : "username || ''", {}};
    case UserOrder::created_at: return {by_index ? "created_at" : "created_at + 0", "id"};
  }
  std::unreachable();
}

BoundSql behind(const UserPosition& after, const UserQuery& query, const OrderWords& words) {
  const std::string sign = query.descending ? " < " : " > ";
  switch (query.order) {
    case UserOrder::id: return bound(words.first + sign + "?", {static_cast<long long>(after.id.value)});
    case UserOrder::username: return bound(words.first + sign + "?", {std::string(after.username.text())});
    case UserOrder::created_at:
      return bound('(' + words.first + ", " + words.second + ')' + sign + "(?, ?)",
                   {microseconds_of(after.created_at), static_cast<long long>(after.id.value)});
  }
  std::unreachable();
}

std::string ordered_by(const OrderWords& words, bool descending) {
  const std::string direction = descending ? " DESC" : "";
  return " ORDER BY " + words.first + direction + (words.second.empty() ? "" : ", " + words.second + direction);
}

std::size_t limit_of(const UserQuery& query) { return std::clamp<std::size_t>(query.limit, 1, UserQuery::kMost); }

bool is_common(soci::session& session, const UserCondition& condition) {
  auto statement = bound("SELECT COUNT(*) FROM (SELECT id FROM users WHERE ");
  statement.append(condition.counted);
  statement.append(bound(" LIMIT ?) AS few", {kFew + 1}));
  long long count = 0;
  auto prepared = statement.prepare(session);
  soci::statement counting{(prepared, soci::into(count))};
  counting.execute(true);
  return count > kFew;
}

Done read_into(std::vector<UserRecord>& records, soci::session& session, const BoundSql& statement) {
  UserRow row;
  auto prepared = statement.prepare(session);
  auto reading = reading_all(row, prepared);
  reading.execute();
  while (reading.fetch()) {
    auto record = row.record();
    if (!record) return failure(std::move(record).error());
    records.push_back(*std::move(record));
  }
  return {};
}

// One account may be in several branches.
void put_in_order(std::vector<UserRecord>& records, const UserQuery& query) {
  const auto position = [](const UserRecord& record) { return UserPosition::of(record.user); };
  const auto precedes = [&](const auto& first, const auto& second) { return query.precedes(first, second); };
  std::ranges::sort(records, precedes, position);
  const auto repeated = std::ranges::unique(records, {}, [](const UserRecord& record) { return record.user.id; });
  records.erase(repeated.begin(), repeated.end());
}

}  // namespace

void BoundSql::append(const BoundSql& other) {
  text += other.text;
  std::ranges::copy(other.values, std::back_inserter(values));
}

soci::details::prepare_temp_type BoundSql::prepare(soci::session& session) const {
  std::string named;
  std::size_t count = 0;
  for (const char c : text) {
    named += c == '?' ? ":v" + std::to_string(++count) : std::string(1, c);
  }
  auto prepared = session.prepare << named;
  for (const auto& value : values) {
    std::visit([&](const auto& typed) { prepared, soci::use(typed); }, value);
  }
  return prepared;
}

std::vector<UserBranch> branches_of(const UserQuery& query, Dialect dialect, Instant now) {
  const bool by_id = query.order == UserOrder::id, by_name = query.order == UserOrder::username;
  const Conditions conditions{dialect, now};
  std::vector<UserBranch> branches{{}};
  if (query.text) {
    branches = {{conditions.beginning_with("username", *query.text, by_name)},
                {conditions.beginning_with("email", *query.text, false)}};
    for (auto& branch : branches) {
      if (query.role) branch.push_back(conditions.with_any_role(*query.role));
    }
  } else if (query.role) {
    branches = {{conditions.with_first_role(*query.role, by_id)}, {conditions.with_other_role(*query.role, by_id)}};
  }
  for (auto& branch : branches) {
    if (query.state) branch.push_back(conditions.in_state(*query.state, by_id));
  }
  return branches;
}

BoundSql statement_of(const UserQuery& query, const UserBranch& branch, const UserCondition* driver) {
  const auto order = words_of(query.order, driver == nullptr || driver->is_in_order);
  auto statement = bound("SELECT " + std::string(kAllUserColumns) + " FROM users");
  const char* link = " WHERE ";
  const auto add = [&](const BoundSql& condition) {
    statement.append(bound(std::exchange(link, " AND ")));
    statement.append(condition);
  };
  for (const auto& condition : branch) add(&condition == driver ? condition.by_index : condition.by_row);
  if (query.after) add(behind(*query.after, query, order));
  statement.append(bound(ordered_by(order, query.descending)));
  // The one more tells whether there is a next page.
  statement.append(bound(" LIMIT ?", {static_cast<long long>(limit_of(query)) + 1}));
  return statement;
}

const UserCondition* driver_of(Connection& connection, const UserBranch& branch) {
  if (connection.dialect() != Dialect::sqlite) return nullptr;
  const UserCondition* in_order = nullptr;
  for (const auto& condition : branch) {
    if (condition.has_index && !is_common(connection.session(), condition)) return &condition;
    if (condition.has_index && condition.is_in_order && in_order == nullptr) in_order = &condition;
  }
  return in_order;
}

Result<UserRecordPage> search_users(Connection& connection, const UserQuery& query, Instant now) {
  UserRecordPage page;
  for (const auto& branch : branches_of(query, connection.dialect(), now)) {
    const auto statement = statement_of(query, branch, driver_of(connection, branch));
    auto read = read_into(page.users, connection.session(), statement);
    if (!read) return failure(std::move(read).error());
  }
  put_in_order(page.users, query);
  const auto limit = limit_of(query);
  if (page.users.size() <= limit) return page;
  page.users.erase(page.users.begin() + static_cast<std::ptrdiff_t>(limit), page.users.end());
  page.next = UserPosition::of(page.users.back().user);
  return page;
}

}  // namespace cardea::sql
