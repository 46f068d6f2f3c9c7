#include "account/user_statements.hpp"

#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kColumns = "id, username, role, state, created_at";

std::unexpected<Error> corrupt(long long id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"user " + std::to_string(id) + ": unreadable " + std::string(column)});
}

}  // namespace

Result<User> UserRow::user() const {
  auto name = Username::parse(username);
  if (!name) return corrupt(id, "username");
  auto role_name = Role::parse(role);
  if (!role_name) return corrupt(id, "role");
  const auto account_state = parse_account_state(state);
  if (!account_state) return corrupt(id, "state");
  return User{UserId{id}, *std::move(name), *std::move(role_name), *account_state,
              Instant{std::chrono::microseconds{created_at}}};
}

UserStatements::UserStatements(soci::session& session)
    : find_by_name((session.prepare << "SELECT " << kColumns << " FROM users WHERE username = :username", use(username),
                    into(row.id), into(row.username), into(row.role), into(row.state), into(row.created_at))),
      find_by_id((session.prepare << "SELECT " << kColumns << " FROM users WHERE id = :id", use(id), into(row.id),
                  into(row.username), into(row.role), into(row.state), into(row.created_at))),
      find_credentials(
          (session.prepare << "SELECT " << kColumns << ", password_hash FROM users WHERE username = :username",
           use(username), into(row.id), into(row.username), into(row.role), into(row.state), into(row.created_at),
           into(found_hash))),
      add((session.prepare << "INSERT INTO users (username, role, state, password_hash, created_at, updated_at) "
                              "VALUES (:username, :role, 'active', :hash, :created_at, :updated_at) "
                              "ON CONFLICT (username) DO NOTHING RETURNING "
                           << kColumns,
           use(username), use(role), use(password_hash), use(now), use(now), into(row.id), into(row.username),
           into(row.role), into(row.state), into(row.created_at))),
      set_state((session.prepare << "UPDATE users SET state = :state, updated_at = :now "
                                    "WHERE id = :id AND state <> 'deleted' RETURNING "
                                 << kColumns,
                 use(state), use(now), use(id), into(row.id), into(row.username), into(row.role), into(row.state),
                 into(row.created_at))),
      set_role((session.prepare << "UPDATE users SET role = :role, updated_at = :now "
                                   "WHERE id = :id AND state <> 'deleted' RETURNING "
                                << kColumns,
                use(role), use(now), use(id), into(row.id), into(row.username), into(row.role), into(row.state),
                into(row.created_at))),
      set_password_hash((session.prepare << "UPDATE users SET password_hash = :hash, updated_at = :now "
                                            "WHERE id = :id AND state <> 'deleted' RETURNING id",
                         use(password_hash), use(now), use(id), into(changed_id))),
      replace_hash((session.prepare << "UPDATE users SET password_hash = :hash, updated_at = :now "
                                       "WHERE id = :id AND password_hash = :expected AND state <> 'deleted' "
                                       "RETURNING id",
                    use(password_hash), use(now), use(id), use(expected_hash), into(changed_id))),
      list((session.prepare << "SELECT " << kColumns << " FROM users WHERE id > :id ORDER BY id LIMIT :limit", use(id),
            use(limit), into(row.id), into(row.username), into(row.role), into(row.state), into(row.created_at))) {}

}  // namespace cardea::sql
