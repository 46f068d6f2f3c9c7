// Whether rows are one unbroken chain, and where not: the first row that is wrong, and what is wrong with it.
#pragma once

#include <cardea/core/audit/audit_record.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

enum class AuditFlawKind : unsigned char {
  changed,              // the row is not what was written
  missing,              // the row is not there
  moved,                // the row was written in another place
  inserted,             // the row was not written there
  cut_off,              // the end is not there
  replaced,             // the row is not the one that was signed, though the chain is whole
  checkpoint_missing,   // nothing is signed
  checkpoint_not_ours,  // what is signed was signed by somebody else, or was changed
};

std::string_view name_of(AuditFlawKind kind) noexcept;

struct AuditFlaw {
  AuditFlawKind kind{};
  std::uint64_t sequence = 0;
  std::string sentence;  // "row 5 was changed"

  friend bool operator==(const AuditFlaw&, const AuditFlaw&) = default;
};

class AuditChainVerifier {
 public:
  explicit AuditChainVerifier(AuditHead start = {}) : head_(std::move(start)) {}

  // The next row in the order of sequence. Once there is a flaw, the rows behind it prove nothing any more.
  std::optional<AuditFlaw> add(const AuditRecord& record);

  // Of the rows until now.
  const AuditHead& head() const noexcept { return head_; }

 private:
  AuditHead head_;
};

// The same for rows that are all there.
std::optional<AuditFlaw> flaw_in(std::span<const AuditRecord> records, const AuditHead& start = {});

}  // namespace cardea
