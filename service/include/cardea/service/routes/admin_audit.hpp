// /admin/audit: what has happened, the last events first. Needs audit:read.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/audit/audit_record.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct AuditView {
  std::uint64_t sequence{};
  Instant at{};
  Instant until{};        // later than `at` where several equal failures are one row
  std::uint64_t count{};  // of these
  std::string event;
  std::string outcome;                // done or refused
  std::optional<std::string> reason;  // the code of a refusal
  std::string subject;
  std::string address;
  std::string request_id;
  std::string hash;

  static AuditView of(const AuditRecord& record);
};
BOOST_DESCRIBE_STRUCT(AuditView, (),
                      (sequence, at, until, count, event, outcome, reason, subject, address, request_id, hash))

struct AuditListing {
  std::vector<AuditView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AuditListing, (), (items, next))

// Uses an AuditStore. GET /admin/audit, for API keys too, with since, until, event, subject, address and outcome.
void add_admin_audit(web::App& app);

}  // namespace cardea::service
