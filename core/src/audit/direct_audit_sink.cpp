#include <cardea/core/audit/direct_audit_sink.hpp>
#include <vector>

namespace cardea {

void DirectAuditSink::record(const AuditEvent& event) noexcept { record_all({&event, 1}); }

void DirectAuditSink::record_all(std::span<const AuditEvent> events) noexcept {
  if (events.empty()) return;
  lines_->record_all(events);
  std::vector<FoldedEvent> rows;
  for (const auto& event : events) rows.push_back(FoldedEvent::of(event));
  if (const auto written = log_.append(rows, events.back().at); !written) complain_(written.error());
}

}  // namespace cardea
