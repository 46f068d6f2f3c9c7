// What roles give at this moment. A handle: copies share what they know, so that a replacement shows in all of them at
// once, on whatever thread.
#pragma once

#include <cardea/core/access/declared_roles.hpp>
#include <cardea/core/access/role_list.hpp>
#include <cardea/core/access/role_permissions.hpp>
#include <cardea/core/base/read_mostly_mutex.hpp>
#include <memory>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe. Never waits for anything but another thread's look-up or replacement.
class LiveRoles {
 public:
  LiveRoles(RolePermissions roles = RolePermissions::administrators_may_everything())  // implicit: for fixed roles
      : state_(std::make_shared<State>(std::move(roles))) {}

  void replace(RolePermissions roles) const;

  // From now on stored roles count next to these. Until then none does: the roles are fixed.
  void declare(DeclaredRoles declared) const;

  // What somebody with these roles may.
  PermissionSet permissions_of(const Role& first, const RoleList& others) const;

  // The roles that allow it, ascending.
  std::vector<Role> roles_with(std::string_view permission) const;
  // The same, while `stored` are the stored roles, whichever were read last.
  std::vector<Role> roles_with(std::string_view permission, std::span<const StoredRole> stored) const;

  // Is one of them `required`, or does one include it?
  bool gives(const Role& first, const RoleList& others, std::string_view required) const;

  // The same, for one whose token or key has a scope: only if the scope allows all that `required` gives, and it gives
  // something. Whoever may do less than the role does not act in it.
  bool gives(const Role& first, const RoleList& others, std::string_view required, const PermissionSet& scope) const;

 private:
  struct State {
    explicit State(RolePermissions known) : roles(std::move(known)) {}
    ReadMostlyMutex mutex;
    RolePermissions roles;
    std::optional<DeclaredRoles> declared;
  };
  std::shared_ptr<State> state_;
};

}  // namespace cardea
