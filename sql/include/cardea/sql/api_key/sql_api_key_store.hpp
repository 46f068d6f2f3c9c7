// The API key store over SQL: table `api_keys` of sql/migrations/0006_api_keys.sql.
#pragma once

#include <cardea/core/api_key/api_key_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlApiKeyStore final : public ApiKeyStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlApiKeyStore(Database& database) : connections_(database.connections()) {}

  // Error, beyond ApiKeyStore's: store_corrupt for a row that this program did not write. A key of a user who is not
  // there is refused. Of an owner the id is stored; the name is the one that the user of that id has.
  Done add(const ApiKey& key, const std::string& digest) override;
  Result<std::optional<ApiKey>> find_by_digest(const std::string& digest) override;
  Result<std::vector<ApiKey>> list(UserId owner) override;
  Result<bool> revoke(const ApiKeyId& id, UserId owner, Instant now) override;
  Result<std::size_t> revoke_all(UserId owner, Instant now) override;
  Result<bool> touch(const ApiKeyId& id, Instant now) override;
  Result<std::size_t> prune(Instant ended_before, std::size_t limit) override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
