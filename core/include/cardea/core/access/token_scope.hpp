// What the scope claim of a token allows (RFC 8693 section 4.2).
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/token/claims.hpp>
#include <optional>

namespace cardea {

// Empty only if there is no such claim; a scope that is no text allows nothing.
std::optional<PermissionSet> token_scope(const Claims& claims);

}  // namespace cardea
