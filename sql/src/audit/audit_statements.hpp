// The statements on tables `audit_events` and `audit_marks`, prepared once a connection, and the variables that they
// are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/audit/audit_store.hpp>
#include <string>
#include <string_view>

namespace cardea::sql {

struct AuditRow {
  AuditRecord record() const;

  long long sequence = 0, first_at = 0, last_at = 0, event_count = 0;
  std::string event, reason, subject, address, request_id, previous_hash, hash;
};

AuditRow row_of(const AuditRecord& record);

struct AuditMarkRow {
  AuditHead head() const { return {static_cast<std::uint64_t>(sequence), hash}; }
  AuditCheckpoint checkpoint() const;

  std::string name;
  long long sequence = 0;
  std::string hash;
  long long signed_at = 0;
  std::string signer, signature;
};

AuditMarkRow row_of(std::string_view name, const AuditCheckpoint& checkpoint);

// Reads into `row`; `filter` is what follows FROM, the binding of its variables is the caller's.
soci::details::prepare_temp_type select_audit(soci::session& session, AuditRow& row, const std::string& filter);

// Each member is one statement: set its inputs, run it, read its row.
class AuditStatements {
 public:
  explicit AuditStatements(soci::session& session);

  // Inputs, shared by all.
  AuditRow input;
  AuditMarkRow mark;
  AuditMarkRow expected;
  long long after = 0, limit = 0;

  // Outputs, shared by all.
  AuditRow row;
  AuditMarkRow mark_row;

  soci::statement marks;              // -> mark_row of each
  soci::statement move_head;          // mark, expected -> mark_row.name; none if the head is another one
  soci::statement add;                // input
  soci::statement set_checkpoint;     // mark
  soci::statement move_anchor;        // mark -> mark_row.name; none if it does not go forward
  soci::statement remove;             // mark.sequence: of the last one
  soci::statement replace_signature;  // mark, expected.signature -> mark_row.name; none if it is another one
  soci::statement read;               // after, limit -> rows
};

}  // namespace cardea::sql
