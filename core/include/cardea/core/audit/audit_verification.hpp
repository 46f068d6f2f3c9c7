// The whole audit log, from its first row to the last, checked against itself and against what was signed.
#pragma once

#include <cardea/core/audit/audit_chain.hpp>
#include <cardea/core/audit/audit_store.hpp>
#include <cstdint>
#include <functional>
#include <optional>

namespace cardea {

struct AuditVerdict {
  std::optional<AuditFlaw> flaw;  // the first one; empty: the log is whole
  std::uint64_t rows = 0;         // that were read
  AuditHead start;                // what is before it was pruned
  AuditHead end;
  std::optional<AuditCheckpoint> checkpoint;

  // Rows that are chained, but written since the last signature: one who has the database could have made them.
  std::uint64_t unsigned_rows() const noexcept {
    return checkpoint && end.sequence > checkpoint->head.sequence ? end.sequence - checkpoint->head.sequence : 0;
  }
};

// While others go on writing, too. `kept` is a checkpoint of the past that was kept elsewhere: the log has to contain
// its row, unless that was pruned, so that even an older copy of the whole database is not taken for the log.
// Errors: the store's.
Result<AuditVerdict> verify_audit(AuditStore& store, const AuditSigner& signer,
                                  const std::optional<AuditCheckpoint>& kept = std::nullopt);

}  // namespace cardea
