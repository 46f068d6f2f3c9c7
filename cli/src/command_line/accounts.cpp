#include "command_line/accounts.hpp"

#include <boost/json/array.hpp>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/service/routes/ready_server_catalogue.hpp>
#include <cardea/sql/role/sql_role_store.hpp>

namespace cardea::cli {
namespace {

bool is_disabled_for_a_time(const User& user, Instant now) {
  return user.disabled_until && user.state_at(now) == AccountState::disabled;
}

boost::json::array json_of(const RoleList& roles) {
  boost::json::array names;
  for (const auto& role : roles.roles()) names.push_back(boost::json::value(role.name()));
  return names;
}

}  // namespace

Result<Username> known_name(const std::string& name) {
  auto username = Username::parse(name);
  if (!username) return failure(ErrorCode::account_not_found);
  return username;
}

Result<User> user_named(const std::string& name, UserStore& users) {
  const auto username = known_name(name);
  if (!username) return failure(username.error());
  auto found = users.find(*username);
  if (!found) return failure(std::move(found).error());
  if (!*found || (*found)->state == AccountState::deleted) return failure(ErrorCode::account_not_found);
  return **std::move(found);
}

Result<LiveRoles> roles_in(service::Accounts& accounts, AuditSink& audit) {
  sql::SqlRoleStore store{accounts.database()};
  LiveRoles live;
  RoleAdministration administration{store, live, audit};
  administration.declare(service::kReadyServerCatalogue.view());
  if (auto read = administration.reload(); !read) return failure(std::move(read).error());
  return live;
}

Origin command_line_origin() { return {.address = "command line", .request_id = {}}; }

boost::json::object json_of(const User& user, Instant now) {
  boost::json::object json{{"id", user.id.value},
                           {"username", user.username.text()},
                           {"role", user.role.name()},
                           {"state", name_of(user.state_at(now))},
                           {"created_at", to_rfc3339(user.created_at)}};
  if (is_disabled_for_a_time(user, now)) json["disabled_until"] = to_rfc3339(*user.disabled_until);
  if (!user.other_roles.empty()) json["other_roles"] = json_of(user.other_roles);
  return json;
}

boost::json::object json_of(const UserRecord& record, Instant now) {
  auto json = json_of(record.user, now);
  json["email"] = nullptr;
  if (record.email) json["email"] = record.email->text();
  return json;
}

Row heading_of_users() { return {"ID", "USERNAME", "ROLE", "STATE", "CREATED"}; }

Row row_of(const User& user, Instant now) {
  auto state = std::string(name_of(user.state_at(now)));
  if (is_disabled_for_a_time(user, now)) state += " until " + to_rfc3339(*user.disabled_until);
  auto roles = std::string(user.role.name());
  if (!user.other_roles.empty()) roles += ' ' + user.other_roles.to_text();
  return {std::to_string(user.id.value), std::string(user.username.text()), std::move(roles), std::move(state),
          to_rfc3339(user.created_at)};
}

}  // namespace cardea::cli
