#include <algorithm>
#include <cardea/sql/account/sql_user_store.hpp>
#include <limits>
#include <ranges>

#include "account/import_statements.hpp"
#include "account/user_search.hpp"
#include "account/user_statements.hpp"
#include "database/connection_pool.hpp"
#include "role/role_guard.hpp"
#include "role/role_statements.hpp"

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

Result<std::optional<User>> fetch_user(UserStatements& statements, soci::statement& statement) {
  if (!fetch_one(statement)) return std::optional<User>{};
  return statements.row.user();
}

// The account as it is now, if it lives and is of the version that is expected.
Result<UserRecord> changeable(UserStatements& users, const ChangeConditions& conditions) {
  if (!fetch_one(users.find_record)) return failure(ErrorCode::account_not_found);
  auto record = users.row.record();
  if (!record) return record;
  if (record->user.state == AccountState::deleted) return failure(ErrorCode::account_not_found);
  if (!conditions.version || *conditions.version == record->version) return record;
  return failure(Error{ErrorCode::precondition_failed}.with_version(record->version));
}

void set_inputs(UserStatements& users, const UserRecord& record) {
  const auto& user = record.user;
  users.role = user.role.name();
  users.other_roles = user.other_roles.to_text();
  users.state = name_of(user.state);
  users.disabled_until.set(user.disabled_until ? std::optional{microseconds_of(*user.disabled_until)} : std::nullopt);
  users.email.set(record.email ? std::optional{std::string(record.email->text())} : std::nullopt);
  users.version = record.version;
}

// One change within a transaction. Reading locks nothing: where another change has come in between, the account has
// another version by now, and the change begins again with that.
class ChangeOfUser {
 public:
  ChangeOfUser(Connection& connection, const UserChange& change, const ChangeConditions& conditions, Instant now)
      : connection_(connection),
        users_(connection.prepared<UserStatements>()),
        change_(change),
        conditions_(conditions),
        now_(now) {}

  Result<UserRecord> make(UserId id) {
    users_.id = id.value;
    users_.now = microseconds_of(now_);
    while (true) {
      const auto before = changeable(users_, conditions_);
      if (!before) return before;
      const auto after = change_.applied_to(*before);
      if (after == *before) return before;
      if (conditions_.guarded && takes_away(before->user, after.user, now_)) {
        if (!is_guarded_) {
          take_guard();
          continue;
        }
        if (auto may = keeps_another(before->user, after.user); !may) return failure(std::move(may).error());
      }
      set_inputs(users_, after);
      const bool erases = after.user.state == AccountState::deleted;
      if (fetch_one(erases ? users_.erase : users_.change)) return users_.row.record();
    }
  }

 private:
  // From here to the transaction's end nothing else is taken away; what was read before it may have changed.
  void take_guard() {
    take_role_guard(connection_);
    is_guarded_ = true;
  }

  Done keeps_another(const User& before, const User& after) {
    const auto stored = read_roles(connection_);
    if (!stored) return failure(stored.error());
    const auto roles = conditions_.guarded(*stored);
    const bool gives_up = is_active_with(before, roles, now_) && !is_active_with(after, roles, now_);
    if (!gives_up || has_holder(connection_, roles, before.id, now_)) return {};
    return failure(ErrorCode::last_administrator);
  }

  Connection& connection_;
  UserStatements& users_;
  const UserChange& change_;
  const ChangeConditions& conditions_;
  const Instant now_;
  bool is_guarded_ = false;
};

struct ListedRow {
  UserRow row;
  std::string hash;  // empty: the statement reads none
};

// One more than `limit`, if there is: that tells whether there is a next page.
std::vector<ListedRow> rows_after(std::optional<UserId> after, std::size_t limit, UserStatements& users,
                                  soci::statement& statement) {
  users.id = after ? after->value : 0;
  users.limit = static_cast<long long>(limit) + 1;
  users.found_hash.clear();
  std::vector<ListedRow> rows;
  statement.execute();
  while (statement.fetch()) rows.push_back({users.row, users.found_hash});
  return rows;
}

template <class Page, class Entry>
Result<Page> page_of(const std::vector<ListedRow>& rows, std::size_t limit, Entry entry_of) {
  Page page;
  for (const auto& listed : rows | std::views::take(limit)) {
    auto entry = entry_of(listed);
    if (!entry) return failure(std::move(entry).error());
    page.users.push_back(*std::move(entry));
  }
  if (rows.size() > limit && limit > 0) page.next = UserId{rows[limit - 1].row.id};
  return page;
}

std::size_t countable(std::size_t limit) {
  constexpr std::size_t kMost = std::numeric_limits<std::int32_t>::max();
  return std::min(limit, kMost);
}

Result<ExportedUser> exported(const ListedRow& listed) {
  auto record = listed.row.record();
  if (!record) return failure(std::move(record).error());
  return ExportedUser{std::move(record->user), std::move(record->email), PasswordHash{listed.hash}};
}

}  // namespace

Result<std::optional<User>> SqlUserStore::find(const Username& username) {
  return connections_.with_connection([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.username = username.text();
    return fetch_user(users, users.find_by_name);
  });
}

Result<std::optional<User>> SqlUserStore::find(UserId id) {
  return connections_.with_connection([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    return fetch_user(users, users.find_by_id);
  });
}

Result<std::optional<UserCredentials>> SqlUserStore::find_credentials(const Username& username) {
  return connections_.with_connection([&](Connection& connection) -> Result<std::optional<UserCredentials>> {
    auto& users = connection.prepared<UserStatements>();
    users.username = username.text();
    auto user = fetch_user(users, users.find_credentials);
    if (!user) return failure(std::move(user).error());
    if (!*user) return std::optional<UserCredentials>{};
    return UserCredentials{**std::move(user), PasswordHash{users.found_hash}};
  });
}

Result<User> SqlUserStore::add(const NewUser& user, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<User> {
    auto& users = connection.prepared<UserStatements>();
    users.username = user.username.text();
    users.role = user.role.name();
    users.password_hash = user.password_hash.expose();
    users.email.set(user.email ? std::optional{std::string(user.email->text())} : std::nullopt);
    users.now = microseconds_of(now);
    if (!fetch_one(users.add)) return failure(ErrorCode::username_taken);
    return users.row.user();
  });
}

Result<std::vector<bool>> SqlUserStore::add_imported(std::span<const ImportedUser> imported, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<std::vector<bool>> {
    auto& statements = connection.prepared<ImportStatements>();
    std::vector<bool> added;
    for (auto left = imported; !left.empty();) {
      const auto rows = left.first(std::min(left.size(), ImportStatements::kRows));
      std::ranges::copy(statements.insert(rows, now), std::back_inserter(added));
      left = left.subspan(rows.size());
    }
    return added;
  });
}

Result<UserRecord> SqlUserStore::change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                                        Instant now) {
  return connections_.write(
      [&](Connection& connection) { return ChangeOfUser{connection, change, conditions, now}.make(id); });
}

Result<User> SqlUserStore::restore(UserId id, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<User> {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.now = microseconds_of(now);
    if (fetch_one(users.restore)) return users.row.user();
    return failure(fetch_one(users.find_by_id) ? ErrorCode::conflict : ErrorCode::account_not_found);
  });
}

Result<std::optional<UserRecord>> SqlUserStore::find_record(UserId id) {
  return connections_.with_connection([&](Connection& connection) -> Result<std::optional<UserRecord>> {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    if (!fetch_one(users.find_record)) return std::optional<UserRecord>{};
    return users.row.record();
  });
}

Done SqlUserStore::set_reset(UserId id, const std::string& digest, Instant end, Instant now) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.reset_digest = digest;
    users.end = microseconds_of(end);
    users.now = microseconds_of(now);
    if (!fetch_one(users.set_reset)) return failure(ErrorCode::account_not_found);
    return {};
  });
}

Result<std::optional<User>> SqlUserStore::find_by_reset(const std::string& digest, Instant now) {
  return connections_.with_connection([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.reset_digest = digest;
    users.now = microseconds_of(now);
    return fetch_user(users, users.find_by_reset);
  });
}

Result<std::optional<User>> SqlUserStore::use_reset(const std::string& digest, const PasswordHash& hash, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.reset_digest = digest;
    users.password_hash = hash.expose();
    users.now = microseconds_of(now);
    return fetch_user(users, users.use_reset);
  });
}

Done SqlUserStore::set_password_hash(UserId id, const PasswordHash& hash, Instant now) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.password_hash = hash.expose();
    users.now = microseconds_of(now);
    if (!fetch_one(users.set_password_hash)) return failure(ErrorCode::account_not_found);
    return {};
  });
}

Result<bool> SqlUserStore::replace_password_hash(UserId id, const PasswordHash& expected,
                                                 const PasswordHash& replacement, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.expected_hash = expected.expose();
    users.password_hash = replacement.expose();
    users.now = microseconds_of(now);
    return fetch_one(users.replace_hash);
  });
}

Result<UserPage> SqlUserStore::list(std::optional<UserId> after, std::size_t limit) {
  limit = countable(limit);
  return connections_.with_connection([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    return page_of<UserPage>(rows_after(after, limit, users, users.list), limit,
                             [](const ListedRow& listed) { return listed.row.user(); });
  });
}

Result<ExportedPage> SqlUserStore::list_exported(std::optional<UserId> after, std::size_t limit) {
  limit = countable(limit);
  return connections_.with_connection([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    return page_of<ExportedPage>(rows_after(after, limit, users, users.list_exported), limit, exported);
  });
}

Result<UserRecordPage> SqlUserStore::search(const UserQuery& query, Instant now) {
  return connections_.with_connection([&](Connection& connection) { return search_users(connection, query, now); });
}

Result<bool> SqlUserStore::has_active_with(std::span<const Role> roles, Instant now) {
  return connections_.with_connection(
      [&](Connection& connection) -> Result<bool> { return has_holder(connection, roles, kNobody, now); });
}

Done SqlUserStore::check() {
  return connections_.with_connection([](Connection& connection) -> Done {
    connection.check_files();
    auto& users = connection.prepared<UserStatements>();
    users.id = 0;
    fetch_one(users.find_by_id);
    return {};
  });
}

}  // namespace cardea::sql
