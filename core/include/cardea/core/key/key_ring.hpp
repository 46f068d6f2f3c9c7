// The keys of a service over time: one signs, the next one is published before it takes over, and the last one verifies
// until the last token that it signed has expired.
#pragma once

#include <atomic>
#include <cardea/core/key/key_sealer.hpp>
#include <cardea/core/key/key_store.hpp>
#include <cardea/core/key/signing_key.hpp>
#include <cardea/core/token/key_source.hpp>
#include <cardea/core/token/signer_source.hpp>
#include <cardea/core/token/token_type.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

enum class KeyState : unsigned char {
  upcoming,  // published, and verifies; does not sign yet
  active,    // signs
  retiring,  // signs no more; verifies until the last of its tokens has expired
  retired,   // over, by time or cut off
};

std::string_view name_of(KeyState state) noexcept;

// One key of the ring at one moment.
struct RingKey {
  KeyId id;
  Algorithm algorithm{};
  KeyState state{};
  Instant created_at{};
  Instant signs_from{};
  std::optional<Instant> signs_until;     // when its successor takes over
  std::optional<Instant> verifies_until;  // when its last token has expired, or it was cut off
};

struct KeyRingOptions {
  // What a new key is for. Keys for another algorithm go on until they are succeeded.
  Algorithm algorithm = Algorithm::hs256;
  // Of the tokens that a pair of keys signs, and of those that a secret does.
  TokenType token_type = TokenType::access_token;
  TokenType token_type_of_secrets = TokenType::jwt;
  // The longest validity of a token that will be signed.
  std::chrono::seconds token_lifetime{std::chrono::minutes{30}};
  // How long others may keep the published set: a new public key is published for longer before it signs.
  std::chrono::seconds publication{300};
  // A key is succeeded after it has signed for so long; empty: only by hand.
  std::optional<std::chrono::days> rotate_after;
};

// The public keys of the ring as a JWK set (RFC 7517 section 5).
struct PublishedKeySet {
  std::string json;
  std::string etag;  // as the header has it, in quotes (RFC 9110 section 8.8.3)
};

enum class Takeover : unsigned char {
  after_publication,  // so that everyone knows the key before its first token
  at_once,
};

enum class RingUse : unsigned char {
  serving,  // makes the first key of an empty store, and a successor where the last key is for another algorithm
  signing,  // makes the first key of an empty store; keeps to the algorithm that is in use
  reading,  // makes nothing by itself; keeps to the algorithm that is in use
};

// Thread-safe. Reading never blocks and takes no lock; the rest may block on the store.
class KeyRing final : public KeySource, public SignerSource {
 public:
  // Opens what the stored keys are sealed with. Asked whenever a key has to be opened or sealed, so that a changed
  // master key needs no restart. Error: as MasterKeys::parse.
  using SealerSource = std::function<Result<KeySealer>()>;

  // The store outlives the ring. Errors: the store's; master_key_unusable, store_corrupt; key_not_found, for reading
  // from an empty store.
  static Result<std::shared_ptr<KeyRing>> open(KeyStore& store, SealerSource sealer, const KeyRingOptions& options,
                                               Instant now, RingUse use = RingUse::serving);
  // Makes `secret` the first key of an empty store; does nothing to any other. Errors: key_unusable, and as `open`.
  static Done adopt(KeyStore& store, const SealerSource& sealer, const Secret& secret, Algorithm algorithm,
                    const KeyRingOptions& options, Instant now);
  ~KeyRing() override;

  // A pointer to what lives as long as the ring.
  std::shared_ptr<const JwsVerifier> keys_at(Instant now) const override;
  std::shared_ptr<const TokenSigner> signer_at(Instant now) const override;

  std::vector<RingKey> keys(Instant now) const;  // in the order in which they sign
  // Never has a secret; empty only while all keys are secrets.
  const PublishedKeySet& published_at(Instant now) const;

  // Reads the store again, after somebody has changed it. Errors: as open. After one, the ring is as it was.
  Done reload(Instant now);
  // What is due: the successor of a key that has signed long enough, if there is one. Errors: as rotate, but for
  // conflict.
  Result<std::optional<KeyId>> maintain(Instant now);

  // Adds the successor of the last key, or brings the one forward that is upcoming. The key that signs next.
  // Error: conflict, if one is upcoming already and is not to take over at once.
  Result<KeyId> rotate(Takeover takeover, Instant now);
  // Cuts a key off: none of its tokens is accepted any more. If it is the one that signs, its successor takes over at
  // once. Errors: key_not_found.
  Done retire(const KeyId& id, Instant now);

  // The key with its private half or secret. Error: key_not_found, also for one that is retired.
  Result<Secret> export_jwk(const KeyId& id, Instant now) const;

 private:
  class Snapshot;
  KeyRing(KeyStore& store, SealerSource sealer, const KeyRingOptions& options);

  // The steps of opening; each reads and changes the store.
  Done ensure_first(Instant now);
  Done ensure_algorithm(Instant now);
  Done keep_algorithm(Instant now);
  Done raise_longest_token(Instant now);

  // With the lock held.
  Done read_again(Instant now);
  Done add(std::optional<KeyId> succeeds, Instant signs_from, Instant now);
  Done succeed(Takeover takeover, Instant now);

  Result<std::map<KeyId, SigningKey>> open_all(const std::vector<StoredKey>& rows, Instant now) const;
  std::optional<RingKey> upcoming(Instant now) const;
  const Snapshot& current() const noexcept { return *current_.load(std::memory_order_acquire); }

  KeyStore& store_;
  SealerSource sealer_;
  KeyRingOptions options_;

  mutable std::mutex mutex_;  // for changing: one at a time
  // All there have been: a reader may still look at an older one. They change rarely, and are small.
  std::vector<std::unique_ptr<const Snapshot>> snapshots_;
  std::atomic<const Snapshot*> current_{nullptr};
};

}  // namespace cardea
