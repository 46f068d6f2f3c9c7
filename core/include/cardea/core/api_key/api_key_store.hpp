// Where API keys are kept, a row each. Every implementation passes core/tests/api_key/api_key_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value. A key's text is never stored, only its digest.
#pragma once

#include <cardea/core/api_key/api_key.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cardea {

class ApiKeyStore {
 public:
  virtual ~ApiKeyStore() = default;

  // Error: conflict, for an id or a digest that is there.
  virtual Done add(const ApiKey& key, const std::string& digest) = 0;

  // Revoked and expired ones are found, too. Empty: there is none.
  virtual Result<std::optional<ApiKey>> find_by_digest(const std::string& digest) = 0;

  // What find_by_digest would answer, if that is known without waiting for anything; empty says nothing about the key.
  // For threads that must not block.
  virtual std::optional<ApiKey> find_without_waiting(const std::string& digest) const;

  // Those of an owner that are not revoked, the newest first, expired ones included.
  virtual Result<std::vector<ApiKey>> list(UserId owner) = 0;

  // False if there is none of this owner's or it has been revoked already.
  virtual Result<bool> revoke(const ApiKeyId& id, UserId owner, Instant now) = 0;
  // How many there were to revoke.
  virtual Result<std::size_t> revoke_all(UserId owner, Instant now) = 0;

  // Writes down that the key was used, unless its last use was less than ApiKey::kUseStep before `now`; whether it did.
  virtual Result<bool> touch(const ApiKeyId& id, Instant now) = 0;

  // Forgets keys that expired or were revoked before `ended_before`. At most `limit`; how many.
  virtual Result<std::size_t> prune(Instant ended_before, std::size_t limit) = 0;
};

}  // namespace cardea
