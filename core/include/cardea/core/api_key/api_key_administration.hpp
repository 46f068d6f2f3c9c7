// Makes and revokes API keys, for their owners.
#pragma once

#include <cardea/core/api_key/api_key_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/secret.hpp>
#include <chrono>
#include <cstddef>
#include <vector>

namespace cardea {

struct NewApiKey {
  static constexpr std::chrono::days kDefaultLifetime{90};
  static constexpr std::chrono::days kLongestLifetime{366};

  ApiKeyName name;
  PermissionSet scopes;
  std::chrono::days lifetime = kDefaultLifetime;
};

struct CreatedApiKey {
  ApiKey key;
  Secret text;  // shown once: it is kept nowhere
};

// Thread-safe; calls may block. What it is given outlives it. Each call of create and revoke leaves one audit event,
// refused ones too, and revoke_all one for each key. Errors, beyond the named: those of the store.
class ApiKeyAdministration {
 public:
  // How many an owner may have that are not revoked.
  static constexpr std::size_t kMost = 100;
  // How long a key that has expired or was revoked stays in the store.
  static constexpr std::chrono::days kAfterlife{30};

  ApiKeyAdministration(ApiKeyStore& store, AuditSink& audit) : store_(store), audit_(audit) {}

  // `allowed` is what the owner may do at this moment, by the means that the owner has shown: a key is no way around
  // the scope of a token. Errors: permission_required for a scope beyond that; api_key_rejected for a lifetime under a
  // day or over the longest; conflict where there are kMost already.
  Result<CreatedApiKey> create(const ApiKeyOwner& owner, const PermissionSet& allowed, const NewApiKey& wanted,
                               const Origin& origin, Instant now);

  // Those that are not revoked, the newest first, expired ones included.
  Result<std::vector<ApiKey>> list(UserId owner) { return store_.list(owner); }

  // Error: api_key_not_found, if it is not this owner's or has been revoked already.
  Done revoke(const ApiKeyOwner& owner, const ApiKeyId& id, const Origin& origin, Instant now);

  // How many.
  Result<std::size_t> revoke_all(const ApiKeyOwner& owner, const Origin& origin, Instant now);

  // Forgets keys that have ended kAfterlife ago; at most `limit` in one go. How many.
  Result<std::size_t> prune(Instant now, std::size_t limit = 500) { return store_.prune(now - kAfterlife, limit); }

 private:
  Result<CreatedApiKey> created(const ApiKeyOwner& owner, const PermissionSet& allowed, const NewApiKey& wanted,
                                Instant now);
  Done check_room(UserId owner);
  void record(AuditAction action, const ApiKeyOwner& owner, const Origin& origin, Instant now, const Error* refusal);

  ApiKeyStore& store_;
  AuditSink& audit_;
};

}  // namespace cardea
