// Whether the audit log was signed, and by the master key that there is. Its rows are for `cardea audit verify`.
#pragma once

#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/audit/audit_store.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/service/diagnosis/finding.hpp>

namespace cardea::service {

Finding check_audit(const Result<AuditState>& state, const Result<AuditSigner>& signer);

}  // namespace cardea::service
