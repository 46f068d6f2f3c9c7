#include <algorithm>
#include <cardea/core/access/role_graph.hpp>
#include <cardea/web/openapi/policy_matrix.hpp>
#include <utility>

#include "openapi/describe_route.hpp"

namespace cardea::web {
namespace {

std::vector<RoleDefinition> roles_of(const App& app) {
  if (app.catalogue()) return app.catalogue()->definitions();
  return {{Role::parse("admin").value(), PermissionSet::from_scope("*"), {}}};
}

Access without_token(const Operation& operation) {
  if (operation.takes_client_credentials) return Access::client;
  return operation.takes_bearer_token && !operation.bearer_token_is_optional ? Access::no : Access::yes;
}

Access with_role(const Operation& operation, const Role& role, const RolePermissions& roles) {
  if (without_token(operation) != Access::no) return without_token(operation);
  const auto is_one = [&](std::string_view required) { return roles.includes(role, required); };
  if (!std::ranges::all_of(operation.roles, is_one)) return Access::no;
  const auto& held = roles.of(role);
  const auto may = [&held](std::string_view permission) { return held.allows(permission); };
  const auto may_one = [&may](const std::vector<std::string_view>& names) { return std::ranges::any_of(names, may); };
  if (!std::ranges::all_of(operation.permissions, may_one)) return Access::no;
  return operation.only_for_owner && !may(operation.instead_of_owning) ? Access::own : Access::yes;
}

}  // namespace

std::string_view name_of(Access access) noexcept {
  switch (access) {
    case Access::no: return "-";
    case Access::own: return "own";
    case Access::client: return "client";
    case Access::yes: return "yes";
  }
  std::unreachable();
}

PolicyMatrix policy_matrix(const App& app) {
  const auto defined = roles_of(app);
  const auto flat = flattened(defined);
  PolicyMatrix matrix;
  for (const auto& role : defined) matrix.roles.emplace_back(role.role.name());
  SchemaRegistry schemas;
  for (const auto& route : app.routes()) {
    const auto operation = describe_route(*route, schemas);
    PolicyMatrix::Row row{
        std::string(name_of(route->method)), std::string(route->pattern), without_token(operation), {}};
    for (const auto& role : defined) row.of_roles.push_back(with_role(operation, role.role, flat));
    matrix.rows.push_back(std::move(row));
  }
  std::ranges::sort(matrix.rows, {}, [](const auto& row) { return std::pair{row.pattern, row.method}; });
  return matrix;
}

}  // namespace cardea::web
