#include "command_line/roles.hpp"

#include <boost/json/array.hpp>

namespace cardea::cli {
namespace {

boost::json::array names_of(const PermissionSet& permissions) {
  boost::json::array names;
  for (const auto& permission : permissions.permissions()) names.push_back(boost::json::value(permission.name()));
  return names;
}

std::string or_dash(std::string text) { return text.empty() ? "-" : std::move(text); }

}  // namespace

Result<Role> known_role(const std::string& name) {
  auto role = Role::parse(name);
  if (!role) return failure(ErrorCode::role_not_found);
  return role;
}

Done take_options(RoleDefinition& role, const std::optional<std::string>& permissions,
                  const std::optional<std::string>& includes) {
  if (permissions) {
    auto given = PermissionSet::parse_scope(*permissions);
    if (!given) {
      return failure(
          ErrorCode::permission_invalid,
          PublicText{"--permissions: permissions with one space between them, such as \"posts:write mail:*\""});
    }
    role.permissions = *std::move(given);
  }
  if (includes) {
    auto included = RoleList::parse(*includes);
    if (!included) {
      return failure(ErrorCode::role_invalid,
                     PublicText{"--includes: names of roles with one space between them, such as \"author editor\""});
    }
    role.includes = *std::move(included);
  }
  return {};
}

boost::json::object json_of(const KnownRole& role) {
  const auto& definition = role.stored.definition;
  boost::json::array includes;
  for (const auto& included : definition.includes.roles()) includes.push_back(boost::json::value(included.name()));
  boost::json::object json{{"role", definition.role.name()},  {"permissions", names_of(definition.permissions)},
                           {"includes", std::move(includes)}, {"effective", names_of(role.effective)},
                           {"declared", role.is_declared},    {"changed_at", nullptr}};
  if (!role.is_declared) json["changed_at"] = to_rfc3339(role.stored.changed_at);
  return json;
}

Row heading_of_roles() { return {"ROLE", "PERMISSIONS", "INCLUDES", "IN ALL", "CHANGED"}; }

Row row_of(const KnownRole& role) {
  const auto& definition = role.stored.definition;
  return {std::string(definition.role.name()), or_dash(definition.permissions.to_scope()),
          or_dash(definition.includes.to_text()), or_dash(role.effective.to_scope()),
          role.is_declared ? "declared" : to_rfc3339(role.stored.changed_at)};
}

}  // namespace cardea::cli
