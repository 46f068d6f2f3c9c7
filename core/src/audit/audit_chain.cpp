#include <cardea/core/audit/audit_chain.hpp>
#include <utility>

namespace cardea {
namespace {

std::string row(std::uint64_t sequence) { return "row " + std::to_string(sequence); }

std::string rows(std::uint64_t first, std::uint64_t last) {
  if (first == last) return row(first) + " is";
  return "rows " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

// Whose text is another one's, too, is no time that this program writes.
bool is_possible(Instant at) {
  static const auto kLast = parse_instant("9999-12-31T23:59:59Z").value();
  return at >= Instant{} && at <= kLast;
}

bool is_as_written(const AuditRecord& record) {
  return is_possible(record.at) && is_possible(record.until) && hash_of(record) == record.hash;
}

// Where a row was written that is not what it should be here, if that is not far away.
std::optional<std::uint64_t> place_of(AuditRecord record) {
  constexpr std::uint64_t kFarthest = 1000;
  const auto here = record.sequence;
  for (std::uint64_t distance = 1; distance <= kFarthest; ++distance) {
    for (const auto place : {here - distance, here + distance}) {
      record.sequence = place;
      if (is_as_written(record)) return place;
    }
  }
  return std::nullopt;
}

AuditFlaw moved(std::uint64_t sequence, std::uint64_t from) {
  return {AuditFlawKind::moved, sequence,
          row(sequence) + " was written as " + row(from) +
              ": rows were put in another order, inserted before it or taken away"};
}

AuditFlaw altered(const AuditRecord& record) {
  if (const auto place = place_of(record)) return moved(record.sequence, *place);
  return {AuditFlawKind::changed, record.sequence, row(record.sequence) + " was changed"};
}

}  // namespace

std::string_view name_of(AuditFlawKind kind) noexcept {
  switch (kind) {
    case AuditFlawKind::changed: return "changed";
    case AuditFlawKind::missing: return "missing";
    case AuditFlawKind::moved: return "moved";
    case AuditFlawKind::inserted: return "inserted";
    case AuditFlawKind::cut_off: return "cut_off";
    case AuditFlawKind::replaced: return "replaced";
    case AuditFlawKind::checkpoint_missing: return "checkpoint_missing";
    case AuditFlawKind::checkpoint_not_ours: return "checkpoint_not_ours";
  }
  std::unreachable();
}

std::optional<AuditFlaw> AuditChainVerifier::add(const AuditRecord& record) {
  const auto expected = head_.sequence + 1;
  const auto before = std::exchange(head_, AuditHead{record.sequence, record.hash});
  if (record.sequence > expected) {
    return AuditFlaw{AuditFlawKind::missing, expected, rows(expected, record.sequence - 1) + " missing"};
  }
  if (record.sequence < expected) {
    return AuditFlaw{AuditFlawKind::inserted, record.sequence, row(record.sequence) + " stands there more than once"};
  }
  if (!is_as_written(record)) return altered(record);
  if (record.previous == before.hash) return std::nullopt;
  return AuditFlaw{AuditFlawKind::inserted, record.sequence,
                   row(record.sequence) + " does not follow the one before it: one of the two was replaced"};
}

std::optional<AuditFlaw> flaw_in(std::span<const AuditRecord> records, const AuditHead& start) {
  AuditChainVerifier verifier{start};
  for (const auto& record : records) {
    if (auto flaw = verifier.add(record)) return flaw;
  }
  return std::nullopt;
}

}  // namespace cardea
