// A caller who has each of these permissions: RequireAll<"posts:write", "posts:publish">. Anyone else: 403 "Requires
// permissions: ...", with those that are missing.
#pragma once

#include <cardea/web/security/permitted.hpp>

namespace cardea::web {

template <Name... permissions>
using RequireAll = Permitted<AllPermissions, permissions...>;

}  // namespace cardea::web
