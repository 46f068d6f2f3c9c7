#include <cardea/core/audit/memory_audit_sink.hpp>

namespace cardea {

void MemoryAuditSink::record(const AuditEvent& event) noexcept {
  const std::lock_guard lock{mutex_};
  events_.push_back(event);
}

std::vector<AuditEvent> MemoryAuditSink::events() const {
  const std::lock_guard lock{mutex_};
  return events_;
}

}  // namespace cardea
