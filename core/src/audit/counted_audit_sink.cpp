#include <cardea/core/audit/counted_audit_sink.hpp>

namespace cardea {

void CountedAuditSink::record(const AuditEvent& event) noexcept {
  const auto action = static_cast<std::size_t>(event.action);
  all_[action].fetch_add(1, std::memory_order_relaxed);
  if (event.reason) failures_[action].add(*event.reason);
  next_->record(event);
}

std::uint64_t CountedAuditSink::count(AuditAction action) const noexcept {
  return all_[static_cast<std::size_t>(action)].load(std::memory_order_relaxed);
}

std::uint64_t CountedAuditSink::count(AuditAction action, ErrorCode reason) const noexcept {
  return failures_[static_cast<std::size_t>(action)].value(reason);
}

}  // namespace cardea
