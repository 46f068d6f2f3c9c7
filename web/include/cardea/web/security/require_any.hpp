// A caller who has one of these permissions at the least: RequireAny<"posts:write", "posts:review">. Anyone else: 403
// "Requires one of the permissions: posts:write, posts:review".
#pragma once

#include <cardea/web/security/permitted.hpp>

namespace cardea::web {

template <Name... permissions>
using RequireAny = Permitted<AnyPermission, permissions...>;

}  // namespace cardea::web
