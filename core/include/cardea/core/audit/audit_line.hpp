// An audit event as one line of text.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <string>

namespace cardea {

// A JSON object without a line break at its end or inside it, whatever the event's texts hold:
// {"at":"2026-01-01T12:00:00Z","event":"login_failed","outcome":"refused","reason":"user_disabled","subject":"bob",
//  "address":"127.0.0.1","request_id":"…"}. A success has the outcome "done" and no reason.
std::string audit_line(const AuditEvent& event);

}  // namespace cardea
