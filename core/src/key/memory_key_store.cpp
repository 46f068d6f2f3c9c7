#include <algorithm>
#include <cardea/core/key/memory_key_store.hpp>

namespace cardea {

Result<StoredKey*> MemoryKeyStore::row(const KeyId& id) {
  const auto found = std::ranges::find(rows_, id, &StoredKey::id);
  if (found == rows_.end()) return failure(ErrorCode::key_not_found);
  return &*found;
}

Result<std::vector<StoredKey>> MemoryKeyStore::list() {
  const std::lock_guard lock{mutex_};
  return rows_;
}

Result<bool> MemoryKeyStore::add(const StoredKey& key) {
  const std::lock_guard lock{mutex_};
  if (std::ranges::find(rows_, key.succeeds, &StoredKey::succeeds) != rows_.end()) return false;
  if (row(key.id)) return failure(ErrorCode::conflict);
  rows_.push_back(key);
  return true;
}

Done MemoryKeyStore::start_signing(const KeyId& id, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = row(id);
  if (!found) return failure(found.error());
  (*found)->signs_from = std::min((*found)->signs_from, now);
  return {};
}

Done MemoryKeyStore::retire(const KeyId& id, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = row(id);
  if (!found) return failure(found.error());
  if (!(*found)->retired_at) (*found)->retired_at = now;
  return {};
}

Done MemoryKeyStore::raise_longest_token(const KeyId& id, std::chrono::seconds at_least) {
  const std::lock_guard lock{mutex_};
  const auto found = row(id);
  if (!found) return failure(found.error());
  (*found)->longest_token = std::max((*found)->longest_token, at_least);
  return {};
}

Result<bool> MemoryKeyStore::replace_sealed(const KeyId& id, const std::string& expected,
                                            const std::string& replacement) {
  const std::lock_guard lock{mutex_};
  const auto found = row(id);
  if (!found) return failure(found.error());
  if ((*found)->sealed != expected) return false;
  (*found)->sealed = replacement;
  return true;
}

}  // namespace cardea
