#include <cardea/core/account/memory_user_store.hpp>

#include "account/user_guard_contract.hpp"
#include "account/user_import_contract.hpp"
#include "account/user_search_contract.hpp"
#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

class MemoryStores {
 public:
  UserStore& store() { return store_; }

 private:
  MemoryUserStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, UserStoreContract, MemoryStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, UserImportContract, MemoryStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, UserSearchContract, MemoryStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, UserGuardContract, MemoryStores);

}  // namespace
}  // namespace cardea
