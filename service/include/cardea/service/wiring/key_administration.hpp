// What administrators do with the signing keys of a running server. Each change is one audit event.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/key/key_ring.hpp>
#include <memory>
#include <vector>

namespace cardea::service {

// Thread-safe. May block on the store.
class KeyAdministration {
 public:
  // Without a ring (the secret is the configuration's) there are no keys to see, and none can be changed. `audit`
  // outlives this.
  KeyAdministration(std::shared_ptr<KeyRing> ring, std::chrono::seconds jwks_cache, AuditSink& audit);

  std::vector<RingKey> keys(Instant now) const;

  // Errors: those of KeyRing; conflict where there is no ring.
  Result<RingKey> rotate(Takeover takeover, const Origin& origin, Instant now);
  Result<RingKey> retire(const KeyId& id, const Origin& origin, Instant now);

  // Does what is due. Errors: those of KeyRing.
  Done maintain(Instant now);

  // Never blocks.
  const PublishedKeySet& published_at(Instant now) const;
  // How long others may keep what is published.
  std::chrono::seconds jwks_cache() const noexcept { return jwks_cache_; }

 private:
  Result<RingKey> recorded(Result<KeyId> changed, AuditAction action, const Origin& origin, Instant now);

  std::shared_ptr<KeyRing> ring_;
  std::chrono::seconds jwks_cache_;
  AuditSink& audit_;
  PublishedKeySet none_;
};

}  // namespace cardea::service
