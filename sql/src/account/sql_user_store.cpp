#include <algorithm>
#include <cardea/sql/account/sql_user_store.hpp>
#include <limits>
#include <ranges>

#include "account/user_statements.hpp"
#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

Result<std::optional<User>> fetch_user(UserStatements& statements, soci::statement& statement) {
  if (!fetch_one(statement)) return std::optional<User>{};
  return statements.row.user();
}

// For statements on accounts that live.
Result<User> change_user(UserStatements& statements, soci::statement& statement) {
  if (!fetch_one(statement)) return failure(ErrorCode::account_not_found);
  return statements.row.user();
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

Result<User> SqlUserStore::set_state(UserId id, AccountState state, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.state = name_of(state);
    users.disabled_until.set(std::nullopt);
    users.now = microseconds_of(now);
    return change_user(users, state == AccountState::deleted ? users.erase : users.set_state);
  });
}

Result<User> SqlUserStore::disable_until(UserId id, Instant end, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.state = name_of(AccountState::disabled);
    users.disabled_until.set(microseconds_of(end));
    users.now = microseconds_of(now);
    return change_user(users, users.set_state);
  });
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

Result<UserRecord> SqlUserStore::set_email(UserId id, const std::optional<EmailAddress>& email, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<UserRecord> {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.email.set(email ? std::optional{std::string(email->text())} : std::nullopt);
    users.now = microseconds_of(now);
    if (!fetch_one(users.set_email)) return failure(ErrorCode::account_not_found);
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

Result<User> SqlUserStore::set_roles(UserId id, const Role& first, const RoleList& others, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& users = connection.prepared<UserStatements>();
    users.id = id.value;
    users.role = first.name();
    users.other_roles = others.to_text();
    users.now = microseconds_of(now);
    return change_user(users, users.set_roles);
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
  constexpr std::size_t kMost = std::numeric_limits<std::int32_t>::max();
  limit = std::min(limit, kMost);
  const auto rows = connections_.with_connection([&](Connection& connection) -> Result<std::vector<UserRow>> {
    auto& users = connection.prepared<UserStatements>();
    users.id = after ? after->value : 0;
    users.limit = static_cast<long long>(limit) + 1;  // the one more tells whether there is a next page
    std::vector<UserRow> found;
    users.list.execute();
    while (users.list.fetch()) found.push_back(users.row);
    return found;
  });
  if (!rows) return failure(rows.error());
  UserPage page;
  for (const auto& row : *rows | std::views::take(limit)) {
    auto user = row.user();
    if (!user) return failure(std::move(user).error());
    page.users.push_back(*std::move(user));
  }
  if (rows->size() > limit && !page.users.empty()) page.next = page.users.back().id;
  return page;
}

Done SqlUserStore::check() {
  return connections_.with_connection([](Connection& connection) -> Done {
    auto& users = connection.prepared<UserStatements>();
    users.id = 0;
    fetch_one(users.find_by_id);
    return {};
  });
}

}  // namespace cardea::sql
