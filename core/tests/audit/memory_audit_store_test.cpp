#include <cardea/core/audit/memory_audit_store.hpp>

#include "audit/audit_store_contract.hpp"

namespace cardea {
namespace {

class MemoryAuditStores {
 public:
  AuditStore& store() { return store_; }

 private:
  MemoryAuditStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, AuditStoreContract, MemoryAuditStores);

}  // namespace
}  // namespace cardea
