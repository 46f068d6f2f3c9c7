#include <cardea/core/audit/audit_line.hpp>
#include <cardea/core/audit/line_audit_sink.hpp>
#include <cstdio>
#include <new>

namespace cardea {

void LineAuditSink::record(const AuditEvent& event) noexcept try {
  write_(audit_line(event));
} catch (const std::bad_alloc&) {
  std::fputs("an audit event has no line here: out of memory\n", stderr);
}

}  // namespace cardea
