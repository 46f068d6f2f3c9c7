// From a bearer token to the account it speaks for. Each refusal is one audit event, token_refused.
#pragma once

#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <string_view>

namespace cardea {

// Thread-safe. What it is given outlives it.
class TokenAuthenticator {
 public:
  TokenAuthenticator(const TokenVerifier& verifier, UserStore& users, AuditSink& audit)
      : verifier_(verifier), users_(users), audit_(audit) {}

  // Never blocks. Error: token_invalid; why exactly is its private text (a token_* code's name) and the event's reason.
  Result<VerifiedToken> verify(std::string_view compact, const Origin& origin, Instant now) const;

  // May block on the store. The account as it is now: role and state are the store's, never the token's.
  // Errors: token_subject_missing (no sub, or an empty one), user_not_found (unknown, deleted, or no user name at all),
  // user_disabled, and the store's own, which is no refusal and no event.
  Result<User> user_of(const VerifiedToken& token, const Origin& origin, Instant now) const;

  // The same answer, if it can be had without blocking; empty: call user_of where blocking is allowed.
  std::optional<Result<User>> user_known_now(const VerifiedToken& token, const Origin& origin, Instant now) const;

 private:
  Result<User> recorded(Result<User> user, const VerifiedToken& token, const Origin& origin, Instant now) const;

  const TokenVerifier& verifier_;
  UserStore& users_;
  AuditSink& audit_;
};

}  // namespace cardea
