#include <cardea/core/api_key/memory_api_key_store.hpp>

#include "api_key/api_key_store_contract.hpp"

namespace cardea {
namespace {

class MemoryApiKeyStores {
 public:
  ApiKeyStore& store() { return store_; }

 private:
  MemoryApiKeyStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ApiKeyStoreContract, MemoryApiKeyStores);

}  // namespace
}  // namespace cardea
