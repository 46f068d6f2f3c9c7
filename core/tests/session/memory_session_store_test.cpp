#include <cardea/core/session/memory_session_store.hpp>

#include "session/session_store_contract.hpp"

namespace cardea {
namespace {

class MemorySessionStores {
 public:
  SessionStore& store() { return store_; }

 private:
  MemorySessionStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, SessionStoreContract, MemorySessionStores);

}  // namespace
}  // namespace cardea
