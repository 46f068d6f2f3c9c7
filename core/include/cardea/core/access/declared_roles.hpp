// What an application declares of roles, and what becomes of stored ones next to it.
#pragma once

#include <cardea/core/access/catalogue.hpp>
#include <cardea/core/access/stored_role.hpp>
#include <optional>
#include <span>
#include <vector>

namespace cardea {

class DeclaredRoles {
 public:
  // Without a catalogue: one role, admin, with "*", and every permission may be granted.
  DeclaredRoles();
  // The catalogue outlives this and its copies.
  explicit DeclaredRoles(const Catalogue& catalogue);

  const std::vector<RoleDefinition>& definitions() const noexcept { return definitions_; }
  bool contain(const Role& role) const;
  bool can_grant(const Permission& permission) const;

  // All roles, as they count: what is declared comes before what is stored, and a stored role gives what there is.
  std::vector<RoleDefinition> with(std::span<const StoredRole> stored) const;

 private:
  std::optional<Catalogue> catalogue_;
  std::vector<RoleDefinition> definitions_;
};

}  // namespace cardea
