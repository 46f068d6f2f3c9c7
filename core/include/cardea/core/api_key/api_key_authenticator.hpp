// From the text of an API key to the principal it speaks for: its owner, as the store has the account now, with what
// the owner's roles may do now, narrowed to the key's scopes.
//
// In two forms, as PrincipalAuthenticator has them: what can be told on a thread that must not block, and if that comes
// back empty, the answer where blocking is allowed. Each refusal is one audit event, token_refused; a form that comes
// back empty has recorded nothing.
#pragma once

#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/principal.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/api_key/api_key_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/freshness.hpp>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe. What it is given outlives it.
class ApiKeyAuthenticator {
 public:
  // `freshness`: of what the stores and the roles remember.
  ApiKeyAuthenticator(ApiKeyStore& keys, UserStore& users, AuditSink& audit, LiveRoles roles = {},
                      const Freshness* freshness = nullptr)
      : keys_(keys), users_(users), audit_(audit), freshness_(freshness), roles_(std::move(roles)) {}

  // Never blocks. Empty if a store has to be asked, or to be told of the use (at most once within ApiKey::kUseStep).
  // Errors: those of principal_of.
  std::optional<Result<Principal>> principal_known_now(std::string_view text, const Origin& origin, Instant now) const;

  // May block on the stores. The use is written down; that it cannot be is no refusal.
  // Errors: token_invalid for text that is no key and for a key that is unknown, expired or revoked; why exactly is its
  // private text (token_malformed or an api_key_* code's name) and the event's reason. user_not_found and user_disabled
  // for the owner. And the stores' own, which are no refusals and no events: store_unavailable also once the freshness
  // is over, before the stores are asked or while they are.
  Result<Principal> principal_of(std::string_view text, const Origin& origin, Instant now) const;

 private:
  bool is_fresh() const { return freshness_ == nullptr || freshness_->lasts(); }
  Result<Principal> principal(const ApiKey& key, const std::optional<User>& owner, const Origin& origin,
                              Instant now) const;
  Error refused(ErrorCode reason, std::string_view subject, const Origin& origin, Instant now) const;

  ApiKeyStore& keys_;
  UserStore& users_;
  AuditSink& audit_;
  const Freshness* freshness_;
  LiveRoles roles_;
};

}  // namespace cardea
