#include <cardea/core/client/memory_client_store.hpp>

#include "client/client_store_contract.hpp"

namespace cardea {
namespace {

class MemoryClients {
 public:
  ClientStore& store() { return store_; }

 private:
  MemoryClientStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ClientStoreContract, MemoryClients);

}  // namespace
}  // namespace cardea
