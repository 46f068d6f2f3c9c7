// Events and whole logs for the tests of the audit log.
#pragma once

#include <cardea/core/audit/audit_chain.hpp>
#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/audit/audit_record.hpp>
#include <string>
#include <vector>

namespace cardea {

inline Instant audit_noon() { return parse_instant("2026-01-01T12:00:00Z").value(); }

inline AuditEvent audit_success(std::string subject, Instant at = audit_noon(),
                                AuditAction action = AuditAction::login_succeeded) {
  return {at, action, std::move(subject), Origin{"192.0.2.7", "request-1"}, std::nullopt};
}

inline AuditEvent audit_failure(std::string subject, Instant at = audit_noon(), std::string address = "192.0.2.7",
                                ErrorCode reason = ErrorCode::invalid_credentials) {
  return {at, AuditAction::login_failed, std::move(subject), Origin{std::move(address), "request-1"}, reason};
}

// `count` rows of successes, a second apart, for user-1, user-2 and so on.
inline std::vector<AuditRecord> audit_chain(std::size_t count, AuditHead head = {}) {
  std::vector<AuditRecord> records;
  while (records.size() < count) {
    const auto number = head.sequence + 1;
    const auto at = audit_noon() + std::chrono::seconds{number};
    records.push_back(record_after(head, FoldedEvent::of(audit_success("user-" + std::to_string(number), at))));
    head = {records.back().sequence, records.back().hash};
  }
  return records;
}

inline AuditHead audit_head_of(const std::vector<AuditRecord>& records) {
  return {records.back().sequence, records.back().hash};
}

// The master key of bytes 0 to 31.
inline MasterKeys audit_master_keys() {
  return MasterKeys::parse(Secret::copy_of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")).value();
}

}  // namespace cardea
