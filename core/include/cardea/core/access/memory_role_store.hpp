// A role store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/access/role_store.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <map>

namespace cardea {

class MemoryRoleStore final : public RoleStore {
 public:
  // The roles beside these users, who outlive it. Of one and the same users all such stores have the same roles.
  explicit MemoryRoleStore(MemoryUserStore& users) : users_(users) {}

  Result<std::vector<StoredRole>> list() override;
  Result<StoredRole> add(const RoleDefinition& role, Instant now) override;
  Result<StoredRole> change(const RoleDefinition& role, const RoleConditions& conditions, Instant now) override;
  Done remove(const Role& role, const RoleConditions& conditions, Instant now) override;

 private:
  using Roles = std::map<Role, StoredRole>;
  static Result<Roles::iterator> find(Roles& roles, const Role& role, std::optional<RoleVersion> expected);
  Done become(Roles roles, const GuardedRoles& guarded, Instant now);

  MemoryUserStore& users_;
};

}  // namespace cardea
