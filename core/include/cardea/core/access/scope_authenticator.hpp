// The principals of a service without accounts of its own: whoever a trusted issuer's token names, with the permissions
// of the token's scope.
#pragma once

#include <cardea/core/access/audited_token_verifier.hpp>
#include <cardea/core/access/principal_authenticator.hpp>

namespace cardea {

// What it is given outlives it. Once a token is verified nothing blocks any more, so that principal_known_now is never
// empty; a token without scope is a principal without permissions.
//
// An issuer whose tokens are verified here can grant everything, by "*": trust only one that is asked to.
class ScopeAuthenticator final : public PrincipalAuthenticator {
 public:
  ScopeAuthenticator(const TokenVerifier& verifier, AuditSink& audit) : verifier_(verifier, audit) {}

  std::optional<Result<SharedToken>> verify_now(std::string_view compact, const Origin& origin,
                                                Instant now) const override;
  Result<SharedToken> verify(std::string_view compact, const Origin& origin, Instant now) const override;
  std::optional<Result<Principal>> principal_known_now(const VerifiedToken& token, const Origin& origin,
                                                       Instant now) const override;
  // Error: token_subject_missing.
  Result<Principal> principal_of(const VerifiedToken& token, const Origin& origin, Instant now) const override;

 private:
  AuditedTokenVerifier verifier_;
};

}  // namespace cardea
