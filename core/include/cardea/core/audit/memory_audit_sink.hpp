// An audit sink that keeps its events in memory: for tests.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <mutex>
#include <vector>

namespace cardea {

class MemoryAuditSink final : public AuditSink {
 public:
  void record(const AuditEvent& event) noexcept override;
  std::vector<AuditEvent> events() const;

 private:
  mutable std::mutex mutex_;
  std::vector<AuditEvent> events_;
};

}  // namespace cardea
