#include <cardea/sql/role/sql_role_store.hpp>
#include <type_traits>

#include "database/connection_pool.hpp"
#include "role/role_guard.hpp"
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

// `change(statements)` changes a role, or says why not, while nothing else takes away what is guarded.
template <class Change>
auto guarded(Connection& connection, const GuardedRoles& guarded_roles, Instant now, Change change)
    -> std::invoke_result_t<Change, RoleStatements&> {
  take_role_guard(connection);
  const auto before = read_roles(connection);
  if (!before) return failure(before.error());
  auto changed = change(connection.prepared<RoleStatements>());
  if (!changed) return changed;
  const auto after = read_roles(connection);
  if (!after) return failure(after.error());
  const auto is_held = [&](std::span<const Role> roles) { return has_holder(connection, roles, kNobody, now); };
  if (auto done = keeps_a_holder(guarded_roles, *before, *after, is_held); !done)
    return failure(std::move(done).error());
  return changed;
}

}  // namespace

Result<std::vector<StoredRole>> SqlRoleStore::list() { return connections_.with_connection(read_roles); }

Result<StoredRole> SqlRoleStore::add(const RoleDefinition& role, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<StoredRole> {
    auto& roles = connection.prepared<RoleStatements>();
    roles.role = row_of(role, kAnyVersion, now);
    if (!fetch_one(roles.add)) return failure(ErrorCode::conflict);
    return roles.row.role();
  });
}

Result<StoredRole> SqlRoleStore::change(const RoleDefinition& role, const RoleConditions& conditions, Instant now) {
  return connections_.write([&](Connection& connection) {
    return guarded(connection, conditions.guarded, now, [&](RoleStatements& roles) -> Result<StoredRole> {
      roles.role = row_of(role, version_of(conditions.version), now);
      if (!fetch_one(roles.change)) return failure(missing(roles));
      return roles.row.role();
    });
  });
}

Done SqlRoleStore::remove(const Role& role, const RoleConditions& conditions, Instant now) {
  return connections_.write([&](Connection& connection) {
    return guarded(connection, conditions.guarded, now, [&](RoleStatements& roles) -> Done {
      roles.role.name = role.name();
      roles.role.version = version_of(conditions.version);
      if (!fetch_one(roles.remove)) return failure(missing(roles));
      return {};
    });
  });
}

}  // namespace cardea::sql
