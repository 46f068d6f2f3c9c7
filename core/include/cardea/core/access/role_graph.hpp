// Roles that include roles: are they well made, and what does each one give in the end?
#pragma once

#include <cardea/core/access/role_definition.hpp>
#include <cardea/core/access/role_permissions.hpp>
#include <span>

namespace cardea {

// Errors: role_includes_itself, with a public text that names the way round; role_not_found, for an included role that
// is not defined; conflict, for one that is defined twice.
Done check_roles(std::span<const RoleDefinition> roles);

// Each role with its own permissions and those of all that it includes, however far down. Of roles that check_roles
// refuses: an included role that is not defined gives nothing, and those of a cycle have what all of them have.
RolePermissions flattened(std::span<const RoleDefinition> roles);

}  // namespace cardea
