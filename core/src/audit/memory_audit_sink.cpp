#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cstdio>
#include <new>

namespace cardea {

void MemoryAuditSink::record(const AuditEvent& event) noexcept try {
  const std::lock_guard lock{mutex_};
  events_.push_back(event);
} catch (const std::bad_alloc&) {
  std::fputs("an audit event is not kept: out of memory\n", stderr);
}

std::vector<AuditEvent> MemoryAuditSink::events() const {
  const std::lock_guard lock{mutex_};
  return events_;
}

}  // namespace cardea
