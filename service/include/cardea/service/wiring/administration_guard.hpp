// Keeps the last administrators what they are when it is roles that change.
#pragma once

#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/account/user_store.hpp>

namespace cardea::service {

// Of AccountAdministration's permission, asking these accounts, which outlive it.
RoleGuard administration_guard(UserStore& users);

}  // namespace cardea::service
