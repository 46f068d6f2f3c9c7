#include <cardea/core/access/memory_role_store.hpp>

#include "access/role_guard_contract.hpp"
#include "access/role_store_contract.hpp"

namespace cardea {
namespace {

class MemoryRoles {
 public:
  UserStore& users() { return users_; }
  RoleStore& store() { return store_; }

 private:
  MemoryUserStore users_;
  MemoryRoleStore store_{users_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoleStoreContract, MemoryRoles);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoleGuardContract, MemoryRoles);

}  // namespace
}  // namespace cardea
