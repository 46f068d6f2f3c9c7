#include <algorithm>
#include <cardea/core/api_key/memory_api_key_store.hpp>

namespace cardea {

Done MemoryApiKeyStore::add(const ApiKey& key, const std::string& digest) {
  const std::lock_guard lock{mutex_};
  const auto is_taken = [&](const Row& row) { return row.key.id == key.id || row.digest == digest; };
  if (std::ranges::any_of(rows_, is_taken)) return failure(ErrorCode::conflict);
  rows_.push_back({key, digest});
  return {};
}

Result<std::optional<ApiKey>> MemoryApiKeyStore::find_by_digest(const std::string& digest) {
  const std::lock_guard lock{mutex_};
  const auto row = std::ranges::find(rows_, digest, &Row::digest);
  return row == rows_.end() ? std::optional<ApiKey>{} : row->key;
}

Result<std::vector<ApiKey>> MemoryApiKeyStore::list(UserId owner) {
  const std::lock_guard lock{mutex_};
  std::vector<ApiKey> keys;
  for (const auto& row : rows_) {
    if (row.key.owner.id == owner && !row.key.revoked_at) keys.push_back(row.key);
  }
  std::ranges::stable_sort(keys, std::ranges::greater{}, &ApiKey::created_at);
  return keys;
}

template <class Matches>
std::size_t MemoryApiKeyStore::revoke_where(Matches matches, Instant now) {
  const std::lock_guard lock{mutex_};
  std::size_t revoked = 0;
  for (auto& [key, digest] : rows_) {
    if (key.revoked_at || !matches(key)) continue;
    key.revoked_at = now;
    ++revoked;
  }
  return revoked;
}

Result<bool> MemoryApiKeyStore::revoke(const ApiKeyId& id, UserId owner, Instant now) {
  return revoke_where([&](const ApiKey& key) { return key.id == id && key.owner.id == owner; }, now) > 0;
}

Result<std::size_t> MemoryApiKeyStore::revoke_all(UserId owner, Instant now) {
  return revoke_where([&](const ApiKey& key) { return key.owner.id == owner; }, now);
}

Result<bool> MemoryApiKeyStore::touch(const ApiKeyId& id, Instant now) {
  const std::lock_guard lock{mutex_};
  for (auto& [key, digest] : rows_) {
    if (key.id != id || !key.shows_use_at(now)) continue;
    key.last_used_at = now;
    return true;
  }
  return false;
}

Result<std::size_t> MemoryApiKeyStore::prune(Instant ended_before, std::size_t limit) {
  const std::lock_guard lock{mutex_};
  std::size_t pruned = 0;
  std::erase_if(rows_, [&](const Row& row) {
    const auto& key = row.key;
    const bool has_ended = key.expires_at < ended_before || (key.revoked_at && *key.revoked_at < ended_before);
    const bool goes = has_ended && pruned < limit;
    if (goes) ++pruned;
    return goes;
  });
  return pruned;
}

}  // namespace cardea
