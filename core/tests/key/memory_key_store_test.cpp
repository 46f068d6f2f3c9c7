#include <cardea/core/key/memory_key_store.hpp>

#include "key/key_store_contract.hpp"

namespace cardea {
namespace {

class MemoryKeyStores {
 public:
  KeyStore& store() { return store_; }

 private:
  MemoryKeyStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, KeyStoreContract, MemoryKeyStores);

}  // namespace
}  // namespace cardea
