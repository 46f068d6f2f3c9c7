// A client store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/client/client_store.hpp>
#include <shared_mutex>
#include <vector>

namespace cardea {

class MemoryClientStore final : public ClientStore {
 public:
  Result<std::optional<OAuthClient>> find(const ClientId& id) override;
  Result<std::optional<ClientCredentials>> find_credentials(const ClientId& id) override;
  Done add(const ClientCredentials& credentials) override;
  Result<OAuthClient> disable(const ClientId& id, Instant now) override;
  Result<OAuthClient> enable(const ClientId& id) override;
  Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes) override;
  Result<OAuthClient> set_secret_digest(const ClientId& id, const std::string& digest) override;
  Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) override;

 private:
  using Rows = std::vector<ClientCredentials>;

  Rows::iterator row(const ClientId& id);
  template <class Change>
  Result<OAuthClient> changed(const ClientId& id, Change change);

  std::shared_mutex mutex_;
  Rows rows_;  // in the order of addition
};

}  // namespace cardea
