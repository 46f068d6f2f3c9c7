#include <algorithm>
#include <cardea/sql/role/sql_role_store.hpp>

#include "database/connection_pool.hpp"
#include "role/role_statements.hpp"

namespace cardea::sql {
namespace {

// No role has the version 0; in a statement it is any.
constexpr RoleVersion kAnyVersion = 0, kNoVersion = -1;

RoleVersion version_of(std::optional<RoleVersion> expected) {
  if (!expected) return kAnyVersion;
  return *expected == kAnyVersion ? kNoVersion : *expected;
}

RoleRow row_of(const RoleDefinition& role, RoleVersion version, Instant now) {
  return {std::string(role.role.name()), role.permissions.to_scope(), role.includes.to_text(), version,
          now.time_since_epoch().count()};
}

// For statements on one role of one version: why has none been found?
Error missing(RoleStatements& roles) {
  return Error{fetch_one(roles.find) ? ErrorCode::conflict : ErrorCode::role_not_found};
}

}  // namespace

Result<std::vector<StoredRole>> SqlRoleStore::list() {
  const auto rows = connections_.with_connection([](Connection& connection) -> Result<std::vector<RoleRow>> {
    auto& roles = connection.prepared<RoleStatements>();
    std::vector<RoleRow> found;
    roles.list.execute();
    while (roles.list.fetch()) found.push_back(roles.row);
    return found;
  });
  if (!rows) return failure(rows.error());
  std::vector<StoredRole> all;
  for (const auto& row : *rows) {
    auto role = row.role();
    if (!role) return failure(std::move(role).error());
    all.push_back(*std::move(role));
  }
  // A database may order texts in another way than their bytes.
  std::ranges::sort(all, {}, [](const StoredRole& role) { return role.definition.role; });
  return all;
}

Result<StoredRole> SqlRoleStore::add(const RoleDefinition& role, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<StoredRole> {
    auto& roles = connection.prepared<RoleStatements>();
    roles.role = row_of(role, kAnyVersion, now);
    if (!fetch_one(roles.add)) return failure(ErrorCode::conflict);
    return roles.row.role();
  });
}

Result<StoredRole> SqlRoleStore::change(const RoleDefinition& role, std::optional<RoleVersion> expected, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<StoredRole> {
    auto& roles = connection.prepared<RoleStatements>();
    roles.role = row_of(role, version_of(expected), now);
    if (!fetch_one(roles.change)) return failure(missing(roles));
    return roles.row.role();
  });
}

Done SqlRoleStore::remove(const Role& role, std::optional<RoleVersion> expected) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& roles = connection.prepared<RoleStatements>();
    roles.role.name = role.name();
    roles.role.version = version_of(expected);
    if (!fetch_one(roles.remove)) return failure(missing(roles));
    return {};
  });
}

}  // namespace cardea::sql
