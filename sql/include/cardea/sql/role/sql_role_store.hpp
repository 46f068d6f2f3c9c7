// The role store over SQL: table `roles` of sql/migrations.
#pragma once

#include <cardea/core/access/role_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlRoleStore final : public RoleStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlRoleStore(Database& database) : connections_(database.connections()) {}

  Result<std::vector<StoredRole>> list() override;
  Result<StoredRole> add(const RoleDefinition& role, Instant now) override;
  Result<StoredRole> change(const RoleDefinition& role, const RoleConditions& conditions, Instant now) override;
  Done remove(const Role& role, const RoleConditions& conditions, Instant now) override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
