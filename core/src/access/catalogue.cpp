#include <cardea/core/access/catalogue.hpp>

namespace cardea {

std::vector<RoleDefinition> Catalogue::definitions() const {
  std::vector<RoleDefinition> all;
  for (const auto& role : roles_) {
    all.push_back({Role::parse(role.name).value(), PermissionSet::parse_scope(role.permissions).value(),
                   RoleList::parse(role.includes).value()});
  }
  return all;
}

}  // namespace cardea
