#include <cardea/core/access/memory_role_store.hpp>

#include "access/role_store_contract.hpp"

namespace cardea {
namespace {

class MemoryRoles {
 public:
  RoleStore& store() { return store_; }

 private:
  MemoryRoleStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoleStoreContract, MemoryRoles);

}  // namespace
}  // namespace cardea
