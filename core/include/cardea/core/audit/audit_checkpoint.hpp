// Signed statements about the audit log: how far it had come at a time, and after which row it begins since older ones
// were pruned. Whoever has the database alone cannot make one.
//
// The signature is Ed25519 (RFC 8032) over five fields, encoded as those of a row (audit_record.hpp):
// "cardea-audit-checkpoint-1" or "cardea-audit-anchor-1", sequence, hash, at and signer.
#pragma once

#include <cardea/core/audit/audit_record.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/master_key.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

struct AuditCheckpoint {
  AuditHead head;
  Instant at{};           // when it was signed
  std::string signer;     // the public key, base64url
  std::string signature;  // base64url

  friend bool operator==(const AuditCheckpoint&, const AuditCheckpoint&) = default;
};

enum class AuditStatement : unsigned char {
  ends_here,    // the log had come to this row, at least
  starts_here,  // what stood before, and this row, was pruned
};

// Thread-safe.
class AuditSigner {
 public:
  // The keys are derived from the master keys, one from each: the first one signs, every one verifies. None of them
  // tells anything of its master key.
  explicit AuditSigner(const MasterKeys& master_keys);

  AuditCheckpoint sign(AuditStatement statement, const AuditHead& head, Instant now) const;

  // Whether one of these keys has signed just that.
  bool has_signed(AuditStatement statement, const AuditCheckpoint& checkpoint) const;

  // The key that signs, for those who verify elsewhere.
  const std::string& public_key() const noexcept { return public_keys_.front(); }

 private:
  std::shared_ptr<const Secret> signing_key_;  // a copy shares it
  std::vector<std::string> public_keys_;       // base64url
};

}  // namespace cardea
