// Where a verifier's keys come from while the program runs: fixed, from a key ring that rotates, or from another
// service.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/token/jws_verifier.hpp>
#include <memory>

namespace cardea {

// Thread-safe.
class KeySource {
 public:
  virtual ~KeySource() = default;

  // What verifies at `now`; never null, never blocks. Two answers are the same object only if they trust the same keys,
  // so that what was verified earlier can be told to be still trusted by comparing the pointers.
  virtual std::shared_ptr<const JwsVerifier> keys_at(Instant now) const = 0;

  // Whether learn(now) could find keys that are not there yet. Never blocks.
  virtual bool may_learn(Instant now) const noexcept;

  // Asks where the keys are kept, which may block: for a token whose key is unknown. Error: key_set_unavailable.
  virtual Done learn(Instant now);
};

// Always the same keys.
class FixedKeys final : public KeySource {
 public:
  explicit FixedKeys(VerificationKeySet keys) : keys_(std::make_shared<const JwsVerifier>(std::move(keys))) {}
  std::shared_ptr<const JwsVerifier> keys_at(Instant now) const override;

 private:
  std::shared_ptr<const JwsVerifier> keys_;
};

}  // namespace cardea
