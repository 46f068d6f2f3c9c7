// A client store that remembers the clients it has found, so that the next request with a token of the same one asks
// no database. Holds no digest of a secret.
//
// A change made through it shows at once. A change made past it, by another process, shows after `invalidate_all`:
// whoever learns of such changes calls it. A look-up that was under way during an invalidation is answered, but not
// remembered.
#pragma once

#include <cardea/core/client/client_store.hpp>
#include <cardea/core/metrics/cache_counts.hpp>
#include <cstdint>
#include <map>
#include <shared_mutex>

namespace cardea {

class CachedClientStore final : public ClientStore {
 public:
  // Remembers at most `capacity` clients, and begins anew when there are more: a service has few. `store` outlives it.
  explicit CachedClientStore(ClientStore& store, std::size_t capacity = 1024) : store_(store), capacity_(capacity) {}

  // Empty for a client that is not remembered.
  std::optional<OAuthClient> find_without_waiting(const ClientId& id) const override;

  void invalidate_all();

  // Of look-ups by id.
  const CacheCounts& look_ups() const noexcept { return look_ups_; }

  // The one look-up that remembers. Ids of no client are not remembered.
  Result<std::optional<OAuthClient>> find(const ClientId& id) override;

  Result<std::optional<ClientCredentials>> find_credentials(const ClientId& id) override {
    return store_.find_credentials(id);
  }
  Done add(const ClientCredentials& credentials) override { return store_.add(credentials); }
  Result<OAuthClient> disable(const ClientId& id, Instant now) override;
  Result<OAuthClient> enable(const ClientId& id) override;
  Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes) override;
  Result<OAuthClient> set_secret_digest(const ClientId& id, const std::string& digest) override {
    return store_.set_secret_digest(id, digest);
  }
  Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) override {
    return store_.list(after, limit);
  }

 private:
  std::uint64_t generation() const;
  void remember(const OAuthClient& client, std::uint64_t seen_generation);
  Result<OAuthClient> invalidated(Result<OAuthClient> changed);

  ClientStore& store_;
  std::size_t capacity_;
  mutable std::shared_mutex mutex_;
  std::map<ClientId, OAuthClient> clients_;
  std::uint64_t generation_ = 0;
  mutable CacheCounts look_ups_;
};

}  // namespace cardea
