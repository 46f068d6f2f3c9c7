// An API key store that remembers the keys it has found, so that the next request with the same one asks no database.
// Holds no key's text.
//
// A change made through it shows at once. A change made past it, by another process, shows after `invalidate_all`:
// whoever learns of such changes calls it (on SQL: cardea/sql/database/database.hpp, changes). A look-up that was under
// way during an invalidation is answered, but not remembered.
#pragma once

#include <algorithm>
#include <cardea/core/api_key/api_key_store.hpp>
#include <cardea/core/metrics/cache_counts.hpp>
#include <cstdint>
#include <list>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cardea {

class CachedApiKeyStore final : public ApiKeyStore {
 public:
  // Remembers `capacity` keys at the most, the ones found last. `store` outlives it.
  explicit CachedApiKeyStore(ApiKeyStore& store, std::size_t capacity = 4'096)
      : store_(store), capacity_(std::max<std::size_t>(capacity, 1)) {}

  // Empty for a key that is not remembered.
  std::optional<ApiKey> find_without_waiting(const std::string& digest) const override;

  void invalidate_all();

  // Of look-ups by digest.
  const CacheCounts& look_ups() const noexcept { return look_ups_; }

  // The one look-up that remembers. Digests of no key are not remembered.
  Result<std::optional<ApiKey>> find_by_digest(const std::string& digest) override;

  // What has been remembered as used is not asked about again within ApiKey::kUseStep, whether or not the store has
  // taken it: a store that is down is not asked for it by every request.
  Result<bool> touch(const ApiKeyId& id, Instant now) override;

  Done add(const ApiKey& key, const std::string& digest) override { return store_.add(key, digest); }
  Result<std::vector<ApiKey>> list(UserId owner) override { return store_.list(owner); }
  Result<bool> revoke(const ApiKeyId& id, UserId owner, Instant now) override;
  Result<std::size_t> revoke_all(UserId owner, Instant now) override;
  Result<std::size_t> prune(Instant ended_before, std::size_t limit) override {
    return store_.prune(ended_before, limit);
  }

 private:
  struct Entry {
    std::string digest;
    ApiKey key;
  };
  using Place = std::list<Entry>::iterator;

  std::uint64_t generation() const;
  // Not if there has been an invalidation since `seen_generation`.
  void remember(const std::string& digest, const ApiKey& key, std::uint64_t seen_generation);
  void forget(const ApiKeyId& id);
  void drop(Place place);
  // False if a remembered key was used so recently that there is nothing to write.
  bool note_use(const ApiKeyId& id, Instant now);

  ApiKeyStore& store_;
  std::size_t capacity_;
  mutable std::shared_mutex mutex_;
  std::list<Entry> entries_;                               // the oldest first
  std::unordered_map<std::string_view, Place> by_digest_;  // views of what is in entries_
  std::unordered_map<std::string_view, Place> by_id_;
  std::uint64_t generation_ = 0;
  mutable CacheCounts look_ups_;
};

}  // namespace cardea
