// Where an organisation's own roles are kept, next to those that the application declares. Every implementation passes
// core/tests/access/role_store_contract.hpp, and with the accounts beside it role_guard_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value.
#pragma once

#include <cardea/core/access/guarded_roles.hpp>
#include <optional>
#include <vector>

namespace cardea {

// Checked in the same step as the change is made, so that of two changes at once, of roles or of accounts, the second
// one sees the first.
struct RoleConditions {
  // Error: conflict, for another one.
  std::optional<RoleVersion> version = std::nullopt;
  // Error: last_administrator, for a change after which nobody who can log in has any of these roles, where there was
  // somebody.
  GuardedRoles guarded = {};
};

class RoleStore {
 public:
  virtual ~RoleStore() = default;

  // All of them, by name.
  virtual Result<std::vector<StoredRole>> list() = 0;

  // Error: conflict, if there is a role of that name.
  virtual Result<StoredRole> add(const RoleDefinition& role, Instant now) = 0;

  // Errors: role_not_found; those of the conditions.
  virtual Result<StoredRole> change(const RoleDefinition& role, const RoleConditions& conditions, Instant now) = 0;
  virtual Done remove(const Role& role, const RoleConditions& conditions, Instant now) = 0;
};

}  // namespace cardea
