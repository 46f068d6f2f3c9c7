#include <cardea/core/api_key/api_key_store.hpp>

namespace cardea {

std::optional<ApiKey> ApiKeyStore::find_without_waiting(const std::string&) const { return std::nullopt; }

}  // namespace cardea
