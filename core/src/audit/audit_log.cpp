#include <algorithm>
#include <cardea/core/audit/audit_log.hpp>
#include <vector>

namespace cardea {
namespace {

// Each time another process was quicker; with many of them that happens a few times in a row.
constexpr int kAttempts = 50;
constexpr std::size_t kPage = 1000;

std::vector<AuditRecord> records_after(AuditHead head, std::span<const FoldedEvent> events) {
  std::vector<AuditRecord> records;
  records.reserve(events.size());
  for (const auto& event : events) {
    records.push_back(record_after(head, event));
    head = {records.back().sequence, records.back().hash};
  }
  return records;
}

std::unexpected<Error> others_were_quicker() {
  return failure(ErrorCode::service_unavailable, PrivateText{"other processes write the audit log all the time"});
}

std::optional<AuditCheckpoint> signed_again(AuditStatement statement, const std::optional<AuditCheckpoint>& old,
                                            const AuditSigner& signed_before, const AuditSigner& now_signs,
                                            Instant now) {
  if (!old || !signed_before.has_signed(statement, *old)) return std::nullopt;
  return now_signs.sign(statement, old->head, now);
}

}  // namespace

Done AuditLog::append(std::span<const FoldedEvent> events, Instant now) {
  const std::lock_guard lock{mutex_};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (!known_) {
      if (auto caught_up = catch_up(); !caught_up) return caught_up;
    }
    const auto records = records_after(*known_, events);
    const auto head = records.empty() ? *known_ : AuditHead{records.back().sequence, records.back().hash};
    const auto appended = store_.append(*known_, records, signed_if_sound(head, now));
    if (!appended) return failure(appended.error());
    if (*appended) {
      known_ = head;
      return {};
    }
    if (auto caught_up = catch_up(); !caught_up) return caught_up;
  }
  return others_were_quicker();
}

Result<AuditCheckpoint> AuditLog::sign(Instant now) {
  const std::lock_guard lock{mutex_};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (auto caught_up = catch_up(); !caught_up) return failure(std::move(caught_up).error());
    if (auto ready = ready_to_sign(); !ready) return failure(std::move(ready).error());
    auto checkpoint = signer_->sign(AuditStatement::ends_here, *known_, now);
    const auto kept = store_.append(*known_, {}, checkpoint);
    if (!kept) return failure(kept.error());
    if (*kept) return checkpoint;
  }
  return others_were_quicker();
}

Result<std::size_t> AuditLog::prune(Instant time, std::size_t limit, Instant now) {
  const std::lock_guard lock{mutex_};
  if (auto caught_up = catch_up(); !caught_up) return failure(std::move(caught_up).error());
  if (auto ready = ready_to_sign(); !ready) return failure(std::move(ready).error());
  const auto records = prunable(time, limit);
  if (!records) return failure(records.error());
  if (records->empty()) return 0;
  const AuditHead last{records->back().sequence, records->back().hash};
  const auto pruned = store_.prune(signer_->sign(AuditStatement::starts_here, last, now));
  if (!pruned) return failure(pruned.error());
  return *pruned ? records->size() : 0;
}

// Checked: with them, what is wrong with them would be gone.
Result<std::vector<AuditRecord>> AuditLog::prunable(Instant time, std::size_t limit) {
  const auto state = store_.state();
  if (!state) return failure(state.error());
  const auto& anchor = state->anchor;
  if (anchor && !signer_->has_signed(AuditStatement::starts_here, *anchor)) {
    return failure(ErrorCode::store_corrupt, PrivateText{"the anchor of the audit log is not what was signed"});
  }
  const auto start = anchor ? anchor->head : AuditHead{};
  auto records = store_.read(start.sequence, limit);
  if (!records) return records;
  const auto first_kept = std::ranges::find_if(*records, [&](const AuditRecord& record) { return record.at >= time; });
  records->erase(first_kept, records->end());
  if (const auto flaw = flaw_in(*records, start)) return failure(ErrorCode::store_corrupt, PrivateText{flaw->sentence});
  return records;
}

Done AuditLog::replace_signer(AuditSigner signer, Instant now) {
  const std::lock_guard lock{mutex_};
  if (!signer_) {
    signer_ = std::move(signer);
    return {};
  }
  if (signer_->public_key() == signer.public_key()) return {};
  const auto before = std::exchange(signer_, std::move(signer));
  auto again = sign_again(store_, *before, *signer_, now);
  if (!again) return failure(std::move(again).error());
  return {};
}

std::string AuditLog::objection() const {
  const std::lock_guard lock{mutex_};
  return objection_;
}

Done AuditLog::catch_up() {
  if (!known_) {
    if (auto learnt = learn_start(); !learnt) return learnt;
  }
  auto read = read_on();
  // After an error nothing is known.
  if (!read) known_.reset();
  return read;
}

Done AuditLog::learn_start() {
  const auto state = store_.state();
  if (!state) return failure(state.error());
  known_ = AuditHead{};
  if (!signer_) {
    known_ = state->head;
    return {};
  }
  const auto& [head, checkpoint, anchor] = *state;
  if (checkpoint && signer_->has_signed(AuditStatement::ends_here, *checkpoint)) {
    known_ = checkpoint->head;
  } else if (checkpoint) {
    objection_ = "the checkpoint of the audit log was changed, or signed under another master key";
  } else if (anchor && signer_->has_signed(AuditStatement::starts_here, *anchor)) {
    known_ = anchor->head;
  }
  return {};
}

// From what is known to the end.
Done AuditLog::read_on() {
  const auto state = store_.state();
  if (!state) return failure(state.error());
  if (*known_ == state->head) return {};
  if (!signer_ || !objection_.empty()) {
    known_ = state->head;
    return {};
  }
  const auto& anchor = state->anchor;
  if (anchor && anchor->head.sequence > known_->sequence && signer_->has_signed(AuditStatement::starts_here, *anchor)) {
    known_ = anchor->head;
  }
  AuditChainVerifier verifier{*known_};
  while (verifier.head().sequence < state->head.sequence && objection_.empty()) {
    const auto records = store_.read(verifier.head().sequence, kPage);
    if (!records) return failure(records.error());
    if (records->empty()) break;
    for (const auto& record : *records) {
      if (record.sequence > state->head.sequence) break;
      if (const auto flaw = verifier.add(record)) {
        objection_ = flaw->sentence;
        break;
      }
    }
  }
  if (objection_.empty() && verifier.head() != state->head) {
    objection_ = "the audit log does not end with the row that it goes on from";
  }
  known_ = state->head;
  return {};
}

std::optional<AuditCheckpoint> AuditLog::signed_if_sound(const AuditHead& head, Instant now) const {
  if (!signer_ || !objection_.empty()) return std::nullopt;
  return signer_->sign(AuditStatement::ends_here, head, now);
}

Done AuditLog::ready_to_sign() const {
  if (!signer_)
    return failure(ErrorCode::key_not_found, PrivateText{"there is no master key to sign the audit log by"});
  if (!objection_.empty()) return failure(ErrorCode::store_corrupt, PrivateText{objection_});
  return {};
}

Result<bool> sign_again(AuditStore& store, const AuditSigner& signed_before, const AuditSigner& now_signs,
                        Instant now) {
  const auto state = store.state();
  if (!state) return failure(state.error());
  return store.replace_signatures(
      *state, signed_again(AuditStatement::ends_here, state->checkpoint, signed_before, now_signs, now),
      signed_again(AuditStatement::starts_here, state->anchor, signed_before, now_signs, now));
}

}  // namespace cardea
