// Where the audit log is kept. Every implementation passes core/tests/audit/audit_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value. What a store keeps proves nothing by itself: see
// audit_chain.hpp and audit_checkpoint.hpp.
#pragma once

#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/audit/audit_record.hpp>
#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cardea {

struct AuditState {
  AuditHead head;
  std::optional<AuditCheckpoint> checkpoint;  // ends_here
  std::optional<AuditCheckpoint> anchor;      // starts_here; empty: nothing was pruned
};

enum class AuditOutcome : unsigned char { done, refused };

// Every member that is there has to hold.
struct AuditFilter {
  std::optional<Instant> since;  // the row's `until` is not before
  std::optional<Instant> until;  // the row's `at` is before
  std::optional<std::string> event;
  std::optional<std::string> subject;
  std::optional<std::string> address;
  std::optional<AuditOutcome> outcome;
};

struct AuditPage {
  std::vector<AuditRecord> records;   // the last one first
  std::optional<std::uint64_t> next;  // the `before` of the next page; empty: there is none
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;

  virtual Result<AuditState> state() = 0;

  // Adds rows that follow `after`, and puts the checkpoint, if there is one, in the place of the last. False, and
  // nothing is changed, if the log does not end there (any more): another writer was quicker.
  virtual Result<bool> append(const AuditHead& after, std::span<const AuditRecord> records,
                              const std::optional<AuditCheckpoint>& checkpoint) = 0;

  // In the order of sequence, those behind `after`, at most `limit`.
  virtual Result<std::vector<AuditRecord>> read(std::uint64_t after, std::size_t limit) = 0;

  // Those before `before`, or the last ones. Of 1 record at least.
  virtual Result<AuditPage> page(const AuditFilter& filter, std::optional<std::uint64_t> before, std::size_t limit) = 0;

  // Removes the rows up to the anchor's, which takes the place of the last one. False, and nothing is changed, unless
  // the anchor lies behind that one.
  virtual Result<bool> prune(const AuditCheckpoint& anchor) = 0;

  // Puts other signatures in the place of those that `expected` has. False, and nothing is changed, if one of these is
  // not there any more.
  virtual Result<bool> replace_signatures(const AuditState& expected, const std::optional<AuditCheckpoint>& checkpoint,
                                          const std::optional<AuditCheckpoint>& anchor) = 0;
};

}  // namespace cardea
