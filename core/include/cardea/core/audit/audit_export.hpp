// The audit log as lines of JSON that others can verify without Cardea (tools/verify_audit_export.py).
//
// First {"format":"cardea-audit-1","anchor":…}, then each row with all that its hash is made of, then
// {"checkpoint":…}. A checkpoint or an anchor is {"sequence":…,"hash":…,"at":…,"signer":…,"signature":…}, or null.
#pragma once

#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/audit/audit_record.hpp>
#include <cardea/core/base/result.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

// Without a line break.
std::string audit_export_line(const AuditRecord& record);
std::string audit_export_head(const std::optional<AuditCheckpoint>& anchor);
std::string audit_export_end(const std::optional<AuditCheckpoint>& checkpoint);

// What audit_export_end has written, alone or as a member "checkpoint" of more. Error: invalid_request.
Result<AuditCheckpoint> parse_audit_checkpoint(std::string_view json);

}  // namespace cardea
