// One row of the audit log: what has happened, and how it is chained to the row before.
//
// The hash is SHA-256, in lower-case hexadecimal, of eleven fields: "1", the version of this form, and then sequence,
// at, until, count, event, reason, subject, address, request_id and previous, each as text, as its decimal length, a
// colon, its bytes and a comma. So no two different rows have one encoding, and anybody can compute it.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

// What one row stands for: an event, or a number of equal ones.
struct FoldedEvent {
  AuditEvent event;  // the first of them
  std::uint64_t count = 1;
  Instant until{};  // when the last one happened

  static FoldedEvent of(AuditEvent event) {
    const auto at = event.at;
    return {.event = std::move(event), .count = 1, .until = at};
  }
};

// Texts as they are stored: a row that somebody has changed, or that a later version has written, can be read, too.
struct AuditRecord {
  static constexpr std::size_t kLongestText = 256;  // bytes of each text

  std::uint64_t sequence = 0;  // from 1 on, without a gap
  Instant at{};
  Instant until{};
  std::uint64_t count = 1;
  std::string event;       // name_of(AuditAction)
  std::string reason;      // name_of(ErrorCode), or '': it succeeded
  std::string subject;     // '' also where several stand for one
  std::string address;     // likewise
  std::string request_id;  // of the first one
  std::string previous;    // the hash of the row before
  std::string hash;

  friend bool operator==(const AuditRecord&, const AuditRecord&) = default;
};

// Where a chain ends, and goes on.
struct AuditHead {
  std::uint64_t sequence = 0;
  std::string hash = std::string(64, '0');  // of the row of that number; zeros before the first one

  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// The next row. Its texts are UTF-8 without NUL, whatever the event's are: each byte that is none becomes U+FFFD, and
// what is over kLongestText is cut off.
AuditRecord record_after(const AuditHead& head, const FoldedEvent& event);

// Of everything but the record's own hash.
std::string hash_of(const AuditRecord& record);

}  // namespace cardea
