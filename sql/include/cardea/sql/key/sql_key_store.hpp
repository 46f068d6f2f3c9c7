// The key store over SQL: table `signing_keys` of sql/migrations/0002_keys.sql.
#pragma once

#include <cardea/core/key/key_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlKeyStore final : public KeyStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlKeyStore(Database& database) : connections_(database.connections()) {}

  // Error, beyond KeyStore's: store_corrupt for a row that this program did not write.
  Result<std::vector<StoredKey>> list() override;
  Result<bool> add(const StoredKey& key) override;
  Done start_signing(const KeyId& id, Instant now) override;
  Done retire(const KeyId& id, Instant now) override;
  Done raise_longest_token(const KeyId& id, std::chrono::seconds at_least) override;
  Result<bool> replace_sealed(const KeyId& id, const std::string& expected, const std::string& replacement) override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
