// The ring as it was read from the store once, with all that follows from it worked out. Immutable.
#pragma once

#include <cardea/core/key/key_ring.hpp>
#include <span>
#include <vector>

#include "key/key_timeline.hpp"

namespace cardea {

class KeyRing::Snapshot {
 public:
  // `opened` has the keys that may still sign or verify.
  Snapshot(std::vector<StoredKey> rows, std::map<KeyId, SigningKey> opened, const KeyRingOptions& options);

  std::span<const StoredKey> rows() const noexcept { return rows_; }
  std::span<const KeyTimes> timeline() const noexcept { return timeline_; }
  const std::map<KeyId, SigningKey>& opened() const noexcept { return opened_; }

  const JwsVerifier& keys_at(Instant now) const noexcept { return phase_at(now).verifier; }
  const PublishedKeySet& published_at(Instant now) const noexcept { return phase_at(now).published; }
  const TokenSigner* signer_at(Instant now) const noexcept;

 private:
  // From one key's end to the next one's.
  struct Phase {
    Instant from;
    JwsVerifier verifier;
    PublishedKeySet published;
  };

  void add_phase(Instant from);
  const Phase& phase_at(Instant now) const noexcept;

  std::vector<StoredKey> rows_;
  std::vector<KeyTimes> timeline_;
  std::map<KeyId, SigningKey> opened_;
  std::map<KeyId, TokenSigner> signers_;
  std::vector<Phase> phases_;  // never empty
};

}  // namespace cardea
