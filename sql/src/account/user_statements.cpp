#include "account/user_statements.hpp"

#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kColumns = "id, username, role, other_roles, state, created_at, disabled_until";
std::unexpected<Error> corrupt(long long id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"user " + std::to_string(id) + ": unreadable " + std::string(column)});
}

Instant instant_of(long long microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }

std::string selecting(std::string_view columns, std::string_view rest) {
  return "SELECT " + std::string(columns) + " FROM users " + std::string(rest);
}

// `change` begins with SET and ends with a condition.
std::string updating(std::string_view change, std::string_view columns = kColumns) {
  return "UPDATE users " + std::string(change) + " RETURNING " + std::string(columns);
}

// What most statements read, behind the inputs that `prepared` is bound to already.
template <class Prepared>
soci::statement reading(UserRow& row, Prepared& prepared) {
  return soci::statement((prepared, into(row.id), into(row.username), into(row.role), into(row.other_roles),
                          into(row.state), into(row.created_at),
                          into(row.disabled_until.value, row.disabled_until.indicator)));
}

}  // namespace

Result<User> UserRow::user() const {
  auto name = Username::parse(username);
  if (!name) return corrupt(id, "username");
  auto role_name = Role::parse(role);
  if (!role_name) return corrupt(id, "role");
  auto others = RoleList::parse(other_roles);
  if (!others) return corrupt(id, "other_roles");
  const auto account_state = parse_account_state(state);
  if (!account_state) return corrupt(id, "state");
  std::optional<Instant> until;
  if (const auto found = disabled_until.get()) until = instant_of(*found);
  return User{UserId{id}, *std::move(name),  *std::move(role_name), *account_state, instant_of(created_at),
              until,      *std::move(others)};
}

Result<UserRecord> UserRow::record() const {
  auto account = user();
  if (!account) return failure(std::move(account).error());
  UserRecord record{*std::move(account), std::nullopt, version};
  if (const auto text = email.get()) {
    auto address = EmailAddress::parse(*text);
    if (!address) return corrupt(id, "email");
    record.email = *std::move(address);
  }
  return record;
}

UserStatements::UserStatements(soci::session& session)
    : find_by_name(reading(row, (session.prepare << selecting(kColumns, "WHERE username = :username"), use(username)))),
      find_by_id(reading(row, (session.prepare << selecting(kColumns, "WHERE id = :id"), use(id)))),
      find_record(reading_all(row, (session.prepare << selecting(kAllUserColumns, "WHERE id = :id"), use(id)))),
      find_credentials(
          (session.prepare << "SELECT " << kColumns << ", password_hash FROM users WHERE username = :username",
           use(username), into(row.id), into(row.username), into(row.role), into(row.other_roles), into(row.state),
           into(row.created_at), into(row.disabled_until.value, row.disabled_until.indicator), into(found_hash))),
      find_by_reset(
          reading(row, (session.prepare << selecting(kColumns, "WHERE reset_digest = :digest AND reset_ends_at > :now"),
                        use(reset_digest), use(now)))),
      add(reading(
          row,
          (session.prepare << "INSERT INTO users (username, role, state, password_hash, email, created_at, updated_at) "
                              "VALUES (:username, :role, 'active', :hash, :email, :created_at, :updated_at) "
                              "ON CONFLICT (username) DO NOTHING RETURNING "
                           << kColumns,
           use(username), use(role), use(password_hash), use(email.value, email.indicator), use(now), use(now)))),
      change(reading_all(row,
                         (session.prepare << updating("SET role = :role, other_roles = :other_roles, state = :state, "
                                                      "disabled_until = :until, email = :email, version = version + 1, "
                                                      "updated_at = :now WHERE id = :id AND version = :version AND "
                                                      "state <> 'deleted'",
                                                      kAllUserColumns),
                          use(role), use(other_roles), use(state), use(disabled_until.value, disabled_until.indicator),
                          use(email.value, email.indicator), use(now), use(id), use(version)))),
      erase(reading_all(row,
                        (session.prepare << updating("SET state = 'deleted', disabled_until = NULL, email = NULL, "
                                                     "password_hash = '', reset_digest = NULL, reset_ends_at = NULL, "
                                                     "version = version + 1, updated_at = :now "
                                                     "WHERE id = :id AND version = :version AND state <> 'deleted'",
                                                     kAllUserColumns),
                         use(now), use(id), use(version)))),
      restore(reading(row, (session.prepare << updating("SET state = 'active', version = version + 1, "
                                                        "updated_at = :now WHERE id = :id AND state = 'deleted'"),
                            use(now), use(id)))),
      set_reset((session.prepare << updating("SET reset_digest = :digest, reset_ends_at = :end, updated_at = :now "
                                             "WHERE id = :id AND state <> 'deleted'",
                                             "id"),
                 use(reset_digest), use(end), use(now), use(id), into(changed_id))),
      set_password_hash((session.prepare << updating("SET password_hash = :hash, reset_digest = NULL, "
                                                     "reset_ends_at = NULL, version = version + 1, updated_at = :now "
                                                     "WHERE id = :id AND state <> 'deleted'",
                                                     "id"),
                         use(password_hash), use(now), use(id), into(changed_id))),
      use_reset(
          reading(row, (session.prepare << updating("SET password_hash = :hash, reset_digest = NULL, "
                                                    "reset_ends_at = NULL, version = version + 1, updated_at = :now "
                                                    "WHERE reset_digest = :digest AND reset_ends_at > :present"),
                        use(password_hash), use(now), use(reset_digest), use(now)))),
      replace_hash((session.prepare << updating("SET password_hash = :hash, updated_at = :now WHERE id = :id AND "
                                                "password_hash = :expected AND state <> 'deleted'",
                                                "id"),
                    use(password_hash), use(now), use(id), use(expected_hash), into(changed_id))),
      list(reading(row, (session.prepare << selecting(kColumns, "WHERE id > :id ORDER BY id LIMIT :limit"), use(id),
                         use(limit)))),
      list_exported((session.prepare << "SELECT " << kAllUserColumns
                                     << ", password_hash FROM users WHERE id > :id ORDER BY id LIMIT :limit",
                     use(id), use(limit), into(row.id), into(row.username), into(row.role), into(row.other_roles),
                     into(row.state), into(row.created_at),
                     into(row.disabled_until.value, row.disabled_until.indicator),
                     into(row.email.value, row.email.indicator), into(row.version), into(found_hash))) {}

}  // namespace cardea::sql
