// The roles of a running program: those that its catalogue declares, which only another program changes, and those of
// the store. Each change counts at once, for every copy of the LiveRoles.
#pragma once

#include <cardea/core/access/catalogue.hpp>
#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/role_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cardea {

struct KnownRole {
  StoredRole stored;
  bool is_declared = false;  // by the catalogue: its version is always 1
  PermissionSet effective;   // with those of the roles that it includes
};

// Calls may block; thread-safe. Each change leaves one audit event, a refused one too. Errors, beyond the named: those
// of the store.
class RoleAdministration {
 public:
  // Until a catalogue is declared the declared roles are those of DeclaredRoles without one. Whatever becomes of roles,
  // the permission `guarded` stays with somebody who can log in; an empty one is not guarded. `store` and `audit`
  // outlive this.
  RoleAdministration(RoleStore& store, LiveRoles live, AuditSink& audit, std::string guarded = {});

  // In the place of what was declared before. Counts at once, with the stored roles as they were read last. The
  // catalogue lives as long as this does.
  void declare(const Catalogue& catalogue);

  // Takes in what the store has now.
  Done reload();

  // A sentence for each thing that stored roles name and there is not. It gives nothing.
  std::vector<std::string> complaints() const;

  Result<std::vector<KnownRole>> list();                // the declared ones first
  Result<KnownRole> find(const Role& role);             // Error: role_not_found
  PermissionSet effective(const RoleDefinition& role);  // what it would give

  // Errors: conflict for a name that is taken; permission_unknown; role_not_found, for a role that it includes;
  // role_includes_itself; and for the latter two role_declared, and last_administrator if nobody were left with
  // what is guarded.
  Result<KnownRole> add(const RoleDefinition& role, const Origin& origin, Instant now);
  // Errors, too: role_not_found; precondition_failed, if `expected` is another version than the role's.
  Result<KnownRole> change(const RoleDefinition& role, std::optional<RoleVersion> expected, const Origin& origin,
                           Instant now);
  // Errors: role_not_found, role_in_use (others include it), precondition_failed. Users who have it keep its name,
  // which gives nothing any more.
  Done remove(const Role& role, std::optional<RoleVersion> expected, const Origin& origin, Instant now);

 private:
  Done read();
  Done may_become(const RoleDefinition& role) const;
  Done may_go(const Role& role) const;
  RoleConditions conditions(std::optional<RoleVersion> expected) const;
  Result<KnownRole> taken_in(Result<StoredRole> changed);
  KnownRole known(const StoredRole& role) const;
  void flatten();
  void record(AuditAction action, const Role& role, const Origin& origin, Instant now, const Error* refusal);

  RoleStore& store_;
  LiveRoles live_;
  AuditSink& audit_;
  const std::string guarded_;

  mutable std::mutex mutex_;  // of all of these, and of changes: one at a time
  DeclaredRoles declared_;
  std::vector<StoredRole> stored_;
  RolePermissions flat_;
};

}  // namespace cardea
