#include <cardea/core/client/client_store.hpp>

namespace cardea {

std::optional<OAuthClient> ClientStore::find_without_waiting(const ClientId&) const { return std::nullopt; }

}  // namespace cardea
