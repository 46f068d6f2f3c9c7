// A TokenVerifier that remembers the tokens it has accepted, so that the next request with the same one costs a look-up
// instead of a signature, whatever the algorithm.
//
// Every answer is the one that the verifier would give at that moment. What is remembered counts only while the
// verifier's keys are the very same (KeySource::keys_at) and the times hold. It knows no revocation: whoever revokes a
// token that the verifier itself would still accept asks for that elsewhere, and calls `forget_if` to free the memory
// early.
//
// Only what has been verified is remembered, and where is decided by a hash with a random key: a stranger can neither
// fill it nor choose what is pushed out. Each thread remembers for itself, so that threads never wait for each other.
#pragma once

#include <array>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/metrics/cache_counts.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

namespace cardea {

// Thread-safe.
class CachedTokenVerifier {
 public:
  // A longer token is verified each time.
  static constexpr std::size_t kLongestRemembered = 2048;

  // Remembers at most `capacity` tokens, all threads together; under 4, none. `verifier` outlives it.
  explicit CachedTokenVerifier(const TokenVerifier& verifier, std::size_t capacity = 16'384);

  // As TokenVerifier::verify. Without a heap allocation for a token that is remembered.
  Result<SharedToken> verify(std::string_view compact, Instant now);

  // Both are done, for every thread, when they return; a token that was being verified meanwhile is answered, but not
  // remembered. The predicate must not call this cache.
  void forget_all() noexcept;
  void forget_if(const std::function<bool(const VerifiedToken&)>& is_forgotten);

  const CacheCounts& look_ups() const noexcept { return look_ups_; }

  // How many tokens are remembered.
  std::size_t size() const;

 private:
  struct Entry {
    Secret compact;
    std::shared_ptr<const JwsVerifier> keys;  // that verified it
    VerifiedToken token;
  };
  using EntryPointer = std::shared_ptr<const Entry>;

  struct Found {
    EntryPointer entry;  // or null
    std::uint64_t generation = 0;
  };

  // What some threads remember, usually one; on cache lines of its own. Sets of a few places each: a token has one set,
  // and there takes the place of the oldest.
  class alignas(128) Shard {
   public:
    void make_room_for(std::size_t sets) { places_.resize(sets * kPlacesInASet); }
    Found find(std::uint64_t hash, std::string_view compact) const;
    // Not if anything has been forgotten since `seen_generation`.
    void remember(std::uint64_t hash, EntryPointer entry, std::uint64_t seen_generation);
    void forget(std::uint64_t hash, const Entry& entry);
    void forget_if(const std::function<bool(const VerifiedToken&)>& is_forgotten);
    void forget_all() noexcept;
    std::size_t size() const;

   private:
    struct Place {
      std::uint64_t hash = 0;
      EntryPointer entry;
    };
    std::span<Place> set_of(std::uint64_t hash) noexcept;
    std::span<const Place> set_of(std::uint64_t hash) const noexcept;
    std::size_t start_of_set(std::uint64_t hash) const noexcept;

    mutable std::mutex mutex_;
    std::vector<Place> places_;
    std::uint64_t generation_ = 0;
  };

  static constexpr std::size_t kPlacesInASet = 4;

  Shard& shard_of_this_thread() noexcept;
  std::uint64_t hash_of(std::string_view compact) const noexcept;

  const TokenVerifier& verifier_;
  std::array<unsigned char, 16> hash_key_{};
  std::vector<Shard> shards_;
  CacheCounts look_ups_;
};

}  // namespace cardea
