// From a bearer token to the account it speaks for, as a user or as a principal; as a principal also to an OAuth
// client. Each refusal is one audit event, token_refused.
#pragma once

#include <cardea/core/access/audited_token_verifier.hpp>
#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/base/freshness.hpp>
#include <cardea/core/client/client_store.hpp>
#include <cardea/core/token/token_revocations.hpp>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe. What it is given outlives it.
class TokenAuthenticator final : public PrincipalAuthenticator {
 public:
  using Interface = PrincipalAuthenticator;  // an application that provides one provides the other

  // Without `revocations`, no token is taken back before it expires; without `clients`, tokens of clients are refused.
  // `freshness`: of what the stores, the roles and the revocations remember.
  TokenAuthenticator(const TokenVerifier& verifier, UserStore& users, AuditSink& audit, LiveRoles roles = {},
                     const TokenRevocations* revocations = nullptr, ClientStore* clients = nullptr,
                     const Freshness* freshness = nullptr)
      : verifier_(verifier, audit),
        users_(users),
        revocations_(revocations),
        clients_(clients),
        freshness_(freshness),
        roles_(std::move(roles)) {}

  std::optional<Result<SharedToken>> verify_now(std::string_view compact, const Origin& origin,
                                                Instant now) const override;
  Result<SharedToken> verify(std::string_view compact, const Origin& origin, Instant now) const override;

  // May block on the store. The account as it is now: role and state are the store's, never the token's.
  // Errors: token_subject_missing (no sub, or an empty one), user_not_found (unknown, deleted, or no user name at all),
  // user_disabled, token_session_ended, and the store's own, which is no refusal and no event: store_unavailable also
  // once the freshness is over, before the store is asked or while it is.
  Result<User> user_of(const VerifiedToken& token, const Origin& origin, Instant now) const;

  // The same answer, if it can be had without blocking; empty: call user_of where blocking is allowed.
  std::optional<Result<User>> user_known_now(const VerifiedToken& token, const Origin& origin, Instant now) const;

  // The same as principals, with the permissions of the roles that the store says. A scope in the token narrows them to
  // what both allow (RFC 6749 section 3.3) and never adds one. A client has what both its token's scope and its present
  // scopes allow; its token without a scope allows nothing.
  std::optional<Result<Principal>> principal_known_now(const VerifiedToken& token, const Origin& origin,
                                                       Instant now) const override;
  // Errors: those of user_of, where a client that is unknown is a user_not_found; client_disabled.
  Result<Principal> principal_of(const VerifiedToken& token, const Origin& origin, Instant now) const override;

  // Of tokens that have been verified before.
  const CacheCounts& token_cache() const noexcept { return verifier_.cache(); }

 private:
  template <class T>
  Result<T> recorded(Result<T> found, const VerifiedToken& token, const Origin& origin, Instant now) const;
  Result<User> admitted(std::optional<User> user, const VerifiedToken& token, Instant now) const;
  bool is_fresh() const { return freshness_ == nullptr || freshness_->lasts(); }
  Result<User> look_up_user(const VerifiedToken& token, Instant now) const;
  std::optional<ClientId> client_of(const VerifiedToken& token) const;
  Result<Principal> principal(const Result<User>& user, const VerifiedToken& token) const;

  AuditedTokenVerifier verifier_;
  UserStore& users_;
  const TokenRevocations* revocations_;
  ClientStore* clients_;
  const Freshness* freshness_;
  LiveRoles roles_;
};

}  // namespace cardea
