// A role store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/access/role_store.hpp>
#include <map>
#include <mutex>

namespace cardea {

class MemoryRoleStore final : public RoleStore {
 public:
  Result<std::vector<StoredRole>> list() override;
  Result<StoredRole> add(const RoleDefinition& role, Instant now) override;
  Result<StoredRole> change(const RoleDefinition& role, std::optional<RoleVersion> expected, Instant now) override;
  Done remove(const Role& role, std::optional<RoleVersion> expected) override;

 private:
  using Rows = std::map<Role, StoredRole>;
  Result<Rows::iterator> row(const Role& role, std::optional<RoleVersion> expected);

  std::mutex mutex_;
  Rows rows_;
};

}  // namespace cardea
