#include <cardea/core/audit/audit_verification.hpp>
#include <string>

namespace cardea {
namespace {

constexpr std::size_t kPage = 1000;

std::string row(std::uint64_t sequence) { return "row " + std::to_string(sequence); }

AuditFlaw not_ours(std::uint64_t sequence, const std::string& what) {
  return {AuditFlawKind::checkpoint_not_ours, sequence,
          what + " was changed, or signed under another master key than this one"};
}

AuditFlaw cut_off(std::uint64_t last, std::uint64_t end, const std::string& witness) {
  const auto first = last + 1;
  return {
      AuditFlawKind::cut_off, first,
      (first == end ? row(first) + " is" : "rows " + std::to_string(first) + " to " + std::to_string(end) + " are") +
          " missing at the end: " + witness};
}

class Verification {
 public:
  Verification(const AuditSigner& signer, AuditState state, const std::optional<AuditCheckpoint>& kept)
      : signer_(signer), state_(std::move(state)), kept_(kept) {
    if (state_.anchor) verdict_.start = state_.anchor->head;
    verdict_.end = verdict_.start;
    verdict_.checkpoint = state_.checkpoint;
    verifier_ = AuditChainVerifier{verdict_.start};
  }

  // The first flaw counts.
  Result<AuditVerdict> of(AuditStore& store) {
    verdict_.flaw = flaw_of_signatures();
    if (!verdict_.flaw) {
      if (auto read = read_rows(store); !read) return failure(std::move(read).error());
    }
    if (!verdict_.flaw) verdict_.flaw = flaw_of_end();
    return verdict_;
  }

 private:
  std::optional<AuditFlaw> flaw_of_signatures() const {
    const auto& [head, checkpoint, anchor] = state_;
    if (anchor && !signer_.has_signed(AuditStatement::starts_here, *anchor)) {
      return not_ours(anchor->head.sequence, "the anchor, which says that rows up to " +
                                                 std::to_string(anchor->head.sequence) + " were pruned,");
    }
    if (!checkpoint) {
      return AuditFlaw{AuditFlawKind::checkpoint_missing, head.sequence,
                       "there is no checkpoint: it was removed, or no server has run yet"};
    }
    if (!signer_.has_signed(AuditStatement::ends_here, *checkpoint)) {
      return not_ours(checkpoint->head.sequence, "the checkpoint of " + row(checkpoint->head.sequence));
    }
    if (kept_ && !signer_.has_signed(AuditStatement::ends_here, *kept_)) {
      return not_ours(kept_->head.sequence, "the checkpoint that was kept, of " + row(kept_->head.sequence) + ",");
    }
    return std::nullopt;
  }

  Done read_rows(AuditStore& store) {
    while (!verdict_.flaw && verdict_.end.sequence < state_.head.sequence) {
      const auto records = store.read(verdict_.end.sequence, kPage);
      if (!records) return failure(records.error());
      if (records->empty()) break;
      for (const auto& record : *records) {
        if (verdict_.flaw || record.sequence > state_.head.sequence) break;
        add(record);
      }
      if (records->back().sequence > state_.head.sequence) break;
    }
    return {};
  }

  void add(const AuditRecord& record) {
    verdict_.flaw = verifier_.add(record);
    if (!verdict_.flaw) verdict_.flaw = contradiction_of(state_.checkpoint, record);
    if (!verdict_.flaw) verdict_.flaw = contradiction_of(kept_, record);
    if (verdict_.flaw) return;
    ++verdict_.rows;
    verdict_.end = verifier_.head();
  }

  static std::optional<AuditFlaw> contradiction_of(const std::optional<AuditCheckpoint>& signed_one,
                                                   const AuditRecord& record) {
    if (!signed_one || signed_one->head.sequence != record.sequence || signed_one->head.hash == record.hash) return {};
    return AuditFlaw{AuditFlawKind::replaced, record.sequence,
                     row(record.sequence) + " is not the one that was signed: the log up to there was written anew"};
  }

  std::optional<AuditFlaw> flaw_of_end() const {
    const auto end = verdict_.end.sequence;
    for (const auto& [signed_one, name] : {std::pair{&state_.checkpoint, "checkpoint"}, {&kept_, "kept checkpoint"}}) {
      if (*signed_one && (*signed_one)->head.sequence > end) {
        return cut_off(end, (*signed_one)->head.sequence,
                       "the " + std::string(name) + " of " + to_rfc3339((*signed_one)->at) + " has signed them");
      }
    }
    if (end < state_.head.sequence) return cut_off(end, state_.head.sequence, "they had been written");
    if (verdict_.end == state_.head) return std::nullopt;
    return AuditFlaw{AuditFlawKind::replaced, end, row(end) + " is not the one that the log goes on from"};
  }

  const AuditSigner& signer_;
  AuditState state_;
  const std::optional<AuditCheckpoint>& kept_;
  AuditVerdict verdict_;
  AuditChainVerifier verifier_;
};

// A row behind the end is none that a writer has put there: each moves the end with its rows.
Result<std::optional<AuditFlaw>> row_behind_end(AuditStore& store, std::uint64_t end) {
  const auto behind = store.read(end, 1);
  if (!behind) return failure(behind.error());
  if (behind->empty()) return std::optional<AuditFlaw>{};
  const auto state = store.state();
  if (!state) return failure(state.error());
  const auto sequence = behind->front().sequence;
  if (sequence <= state->head.sequence) return std::optional<AuditFlaw>{};
  return AuditFlaw{AuditFlawKind::inserted, sequence, row(sequence) + " was inserted behind the end of the log"};
}

bool same_anchor(const AuditState& one, const AuditState& other) {
  if (!one.anchor || !other.anchor) return one.anchor.has_value() == other.anchor.has_value();
  return one.anchor->head == other.anchor->head;
}

}  // namespace

Result<AuditVerdict> verify_audit(AuditStore& store, const AuditSigner& signer,
                                  const std::optional<AuditCheckpoint>& kept) {
  while (true) {
    auto state = store.state();
    if (!state) return failure(std::move(state).error());
    auto verdict = Verification{signer, *state, kept}.of(store);
    if (!verdict) return verdict;
    if (!verdict->flaw) {
      auto flaw = row_behind_end(store, state->head.sequence);
      if (!flaw) return failure(std::move(flaw).error());
      verdict->flaw = *std::move(flaw);
    }
    if (!verdict->flaw) return verdict;
    // Rows that were pruned meanwhile are not missing.
    const auto now = store.state();
    if (!now) return failure(now.error());
    if (same_anchor(*state, *now)) return verdict;
  }
}

}  // namespace cardea
