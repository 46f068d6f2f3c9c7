// A caller who has the permission: RequirePermission<"posts:write">. Anyone else: 403 "Requires permission:
// posts:write".
#pragma once

#include <cardea/web/security/permitted.hpp>

namespace cardea::web {

template <Name permission>
using RequirePermission = Permitted<AllPermissions, permission>;

}  // namespace cardea::web
