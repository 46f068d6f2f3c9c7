#include <cardea/core/audit/audit_line.hpp>
#include <cardea/core/audit/line_audit_sink.hpp>

namespace cardea {

void LineAuditSink::record(const AuditEvent& event) noexcept { write_(audit_line(event)); }

}  // namespace cardea
