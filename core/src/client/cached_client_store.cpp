#include <cardea/core/client/cached_client_store.hpp>
#include <mutex>

namespace cardea {

std::optional<OAuthClient> CachedClientStore::find_without_waiting(const ClientId& id) const {
  const std::shared_lock lock{mutex_};
  const auto found = clients_.find(id);
  if (found == clients_.end()) return std::nullopt;
  look_ups_.hits.add();
  return found->second;
}

void CachedClientStore::invalidate_all() {
  const std::unique_lock lock{mutex_};
  ++generation_;
  clients_.clear();
}

std::uint64_t CachedClientStore::generation() const {
  const std::shared_lock lock{mutex_};
  return generation_;
}

void CachedClientStore::remember(const OAuthClient& client, std::uint64_t seen_generation) {
  const std::unique_lock lock{mutex_};
  if (generation_ != seen_generation) return;
  if (clients_.size() >= capacity_) clients_.clear();
  clients_.emplace(client.id, client);
}

Result<std::optional<OAuthClient>> CachedClientStore::find(const ClientId& id) {
  if (auto known = find_without_waiting(id)) return known;
  look_ups_.misses.add();
  const auto seen = generation();
  auto found = store_.find(id);
  if (found && *found) remember(**found, seen);
  return found;
}

// A change that failed may have happened all the same.
Result<OAuthClient> CachedClientStore::invalidated(Result<OAuthClient> changed) {
  invalidate_all();
  return changed;
}

Result<OAuthClient> CachedClientStore::disable(const ClientId& id, Instant now) {
  return invalidated(store_.disable(id, now));
}

Result<OAuthClient> CachedClientStore::enable(const ClientId& id) { return invalidated(store_.enable(id)); }

Result<OAuthClient> CachedClientStore::set_scopes(const ClientId& id, const PermissionSet& scopes) {
  return invalidated(store_.set_scopes(id, scopes));
}

}  // namespace cardea
