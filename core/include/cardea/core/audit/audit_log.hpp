// Writes the audit log: chains rows to the last one, whoever has written that, and signs where the log has come to.
//
// Before it goes on from rows of another process, it checks that they follow from what it knows: at the start from the
// stored checkpoint, later from its own last row. If they do not, it goes on without signing, so that no verification
// succeeds until somebody has looked.
//
// Thread-safe. Blocks on the store.
#pragma once

#include <cardea/core/audit/audit_chain.hpp>
#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/audit/audit_store.hpp>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cardea {

class AuditLog {
 public:
  // The store outlives this. Without a signer, rows wait for another process to sign them.
  AuditLog(AuditStore& store, std::optional<AuditSigner> signer) : store_(store), signer_(std::move(signer)) {}

  // All of them or, after an error, none. Errors: the store's; service_unavailable when others are always quicker.
  Done append(std::span<const FoldedEvent> events, Instant now);

  // Signs where the log ends, and returns that: worth keeping elsewhere. Errors: the store's; store_corrupt, with a
  // private text that says what is wrong, if this may not be signed; key_not_found without a signer.
  Result<AuditCheckpoint> sign(Instant now);

  // Removes the first rows, as far as they are older than `time`, `limit` at most: how many. Errors: as `sign`; rows
  // with a flaw stay.
  Result<std::size_t> prune(Instant time, std::size_t limit, Instant now);

  // For a master key that has changed: what the old signer had signed, the new one signs again. Errors: the store's.
  Done replace_signer(AuditSigner signer, Instant now);

  // Why nothing is signed any more; empty: all is well.
  std::string objection() const;

 private:
  // With the lock held.
  Done catch_up();
  Done learn_start();
  Done read_on();
  std::optional<AuditCheckpoint> signed_if_sound(const AuditHead& head, Instant now) const;
  Done ready_to_sign() const;
  Result<std::vector<AuditRecord>> prunable(Instant time, std::size_t limit);

  AuditStore& store_;
  mutable std::mutex mutex_;
  std::optional<AuditSigner> signer_;
  std::optional<AuditHead> known_;  // the log's end, when last seen; empty: not yet
  std::string objection_;
};

// The anchor and the checkpoint of the log, signed again by `now_signs` if `signed_before` has signed them. False: they
// were changed meanwhile, or by somebody else. Error: the store's.
Result<bool> sign_again(AuditStore& store, const AuditSigner& signed_before, const AuditSigner& now_signs, Instant now);

}  // namespace cardea
