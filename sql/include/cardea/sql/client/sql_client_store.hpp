// The client store over SQL: table `oauth_clients` of sql/migrations.
#pragma once

#include <cardea/core/client/client_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlClientStore final : public ClientStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlClientStore(Database& database) : connections_(database.connections()) {}

  Result<std::optional<OAuthClient>> find(const ClientId& id) override;
  Result<std::optional<ClientCredentials>> find_credentials(const ClientId& id) override;
  Done add(const ClientCredentials& credentials) override;
  Result<OAuthClient> disable(const ClientId& id, Instant now) override;
  Result<OAuthClient> enable(const ClientId& id) override;
  Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes) override;
  Result<OAuthClient> set_secret_digest(const ClientId& id, const std::string& digest) override;
  Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
