#include <cardea/core/account/user_store.hpp>

namespace cardea {

std::optional<User> UserStore::find_without_waiting(const Username&) const { return std::nullopt; }

}  // namespace cardea
