// The keys that sign access tokens and verify them: the configured secret alone, or the key ring of the database.
#pragma once

#include <cardea/core/key/key_ring.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/sql/database/database.hpp>
#include <cardea/sql/key/sql_key_store.hpp>
#include <memory>
#include <string>

namespace cardea::service {

// file_unusable: the database has no key, and nobody is to make one.
Error no_key_yet(const Config& config);

class SigningKeys {
 public:
  // The database's schema is up to date, and it outlives this. Errors: configuration_invalid for a jwt_secret that
  // cannot be used; master_key_unusable and file_unusable, with a public text that names the file and the fix;
  // file_unusable, too, where there is no key and none is to be made; the store's.
  static Result<SigningKeys> open(const Config& config, sql::Database& database, Instant now, RingUse use);

  std::shared_ptr<KeySource> verification() const noexcept { return verification_; }
  std::shared_ptr<const SignerSource> signers() const noexcept { return signers_; }
  // Null: the secret is the configuration's, and changing it is, too.
  const std::shared_ptr<KeyRing>& ring() const noexcept { return ring_; }
  // What the demo lets pass and nobody else may; empty: nothing.
  const std::string& warning() const noexcept { return warning_; }

  // Seals every stored key under a new master key. At no moment is there a key that the master key file does not open.
  // How many keys. Errors: as open; configuration_invalid where there is no ring or the master key is not in a file
  // that can be written.
  static Result<std::size_t> reseal(const Config& config, sql::Database& database);

 private:
  SigningKeys() = default;

  std::shared_ptr<KeySource> verification_;
  std::shared_ptr<const SignerSource> signers_;
  std::unique_ptr<sql::SqlKeyStore> store_;
  std::shared_ptr<KeyRing> ring_;
  std::string warning_;
};

}  // namespace cardea::service
