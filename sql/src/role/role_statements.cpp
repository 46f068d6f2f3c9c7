#include "role/role_statements.hpp"

#include <algorithm>
#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kColumns = "name, permissions, includes, version, changed_at";

std::unexpected<Error> corrupt(std::string_view name, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"role " + std::string(name) + ": unreadable " + std::string(column)});
}

auto returning(std::string_view statement) { return std::string(statement) + " RETURNING " + std::string(kColumns); }
auto selecting(std::string_view rest) { return "SELECT " + std::string(kColumns) + " FROM roles " + std::string(rest); }

// What every statement reads, behind the inputs that `prepared` is bound to already.
template <class Prepared>
soci::statement reading(RoleRow& row, Prepared& prepared) {
  return soci::statement(
      (prepared, into(row.name), into(row.permissions), into(row.includes), into(row.version), into(row.changed_at)));
}

}  // namespace

Result<StoredRole> RoleRow::role() const {
  auto role_name = Role::parse(name);
  if (!role_name) return corrupt(name, "name");
  auto given = PermissionSet::parse_scope(permissions);
  if (!given) return corrupt(name, "permissions");
  auto included = RoleList::parse(includes);
  if (!included) return corrupt(name, "includes");
  return StoredRole{{*std::move(role_name), *std::move(given), *std::move(included)},
                    version,
                    Instant{std::chrono::microseconds{changed_at}}};
}

RoleStatements::RoleStatements(soci::session& session)
    : find(reading(row, (session.prepare << selecting("WHERE name = :name"), use(role.name)))),
      add(reading(row, (session.prepare << returning("INSERT INTO roles (name, permissions, includes, version, "
                                                     "changed_at) VALUES (:name, :permissions, :includes, 1, "
                                                     ":changed_at) ON CONFLICT (name) DO NOTHING"),
                        use(role.name), use(role.permissions), use(role.includes), use(role.changed_at)))),
      change(reading(row, (session.prepare << returning("UPDATE roles SET permissions = :permissions, "
                                                        "includes = :includes, version = version + 1, "
                                                        "changed_at = :changed_at "
                                                        "WHERE name = :name AND (version = :expected OR :any = 0)"),
                           use(role.permissions), use(role.includes), use(role.changed_at), use(role.name),
                           use(role.version), use(role.version)))),
      remove(reading(row, (session.prepare << returning("DELETE FROM roles "
                                                        "WHERE name = :name AND (version = :expected OR :any = 0)"),
                           use(role.name), use(role.version), use(role.version)))),
      list((session.prepare << selecting("ORDER BY name"), into(row.name), into(row.permissions), into(row.includes),
            into(row.version), into(row.changed_at))) {}

Result<std::vector<StoredRole>> read_roles(Connection& connection) {
  auto& roles = connection.prepared<RoleStatements>();
  std::vector<RoleRow> rows;
  roles.list.execute();
  while (roles.list.fetch()) rows.push_back(roles.row);
  std::vector<StoredRole> all;
  for (const auto& row : rows) {
    auto role = row.role();
    if (!role) return failure(std::move(role).error());
    all.push_back(*std::move(role));
  }
  // A database may order texts in another way than their bytes.
  std::ranges::sort(all, {}, [](const StoredRole& role) { return role.definition.role; });
  return all;
}

}  // namespace cardea::sql
