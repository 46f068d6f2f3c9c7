#include <cardea/core/api_key/cached_api_key_store.hpp>

namespace cardea {

std::optional<ApiKey> CachedApiKeyStore::find_without_waiting(const std::string& digest) const {
  const std::shared_lock lock{mutex_};
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return std::nullopt;
  look_ups_.hits.add();
  return found->second->key;
}

std::uint64_t CachedApiKeyStore::generation() const {
  const std::shared_lock lock{mutex_};
  return generation_;
}

void CachedApiKeyStore::drop(Place place) {
  by_digest_.erase(place->digest);
  by_id_.erase(place->key.id.text());
  entries_.erase(place);
}

void CachedApiKeyStore::remember(const std::string& digest, const ApiKey& key, std::uint64_t seen_generation) {
  const std::unique_lock lock{mutex_};
  if (generation_ != seen_generation || by_digest_.contains(digest)) return;
  if (entries_.size() >= capacity_) drop(entries_.begin());
  const auto added = entries_.insert(entries_.end(), {digest, key});
  by_digest_.emplace(added->digest, added);
  by_id_.emplace(added->key.id.text(), added);
}

void CachedApiKeyStore::forget(const ApiKeyId& id) {
  const std::unique_lock lock{mutex_};
  ++generation_;
  if (const auto found = by_id_.find(id.text()); found != by_id_.end()) drop(found->second);
}

void CachedApiKeyStore::invalidate_all() {
  const std::unique_lock lock{mutex_};
  ++generation_;
  by_digest_.clear();
  by_id_.clear();
  entries_.clear();
}

Result<std::optional<ApiKey>> CachedApiKeyStore::find_by_digest(const std::string& digest) {
  if (auto known = find_without_waiting(digest)) return known;
  look_ups_.misses.add();
  const auto seen = generation();
  auto found = store_.find_by_digest(digest);
  if (found && *found) remember(digest, **found, seen);
  return found;
}

bool CachedApiKeyStore::note_use(const ApiKeyId& id, Instant now) {
  const std::unique_lock lock{mutex_};
  const auto found = by_id_.find(id.text());
  if (found == by_id_.end()) return true;
  auto& key = found->second->key;
  if (!key.shows_use_at(now)) return false;
  key.last_used_at = now;
  return true;
}

Result<bool> CachedApiKeyStore::touch(const ApiKeyId& id, Instant now) {
  return note_use(id, now) ? store_.touch(id, now) : false;
}

// A change that failed may have happened all the same.
Result<bool> CachedApiKeyStore::revoke(const ApiKeyId& id, UserId owner, Instant now) {
  auto revoked = store_.revoke(id, owner, now);
  forget(id);
  return revoked;
}

Result<std::size_t> CachedApiKeyStore::revoke_all(UserId owner, Instant now) {
  auto revoked = store_.revoke_all(owner, now);
  invalidate_all();
  return revoked;
}

}  // namespace cardea
