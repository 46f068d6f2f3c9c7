#include <cardea/core/access/scope_authenticator.hpp>

#include <cardea/core/access/token_scope.hpp>

namespace cardea {

std::optional<Result<SharedToken>> ScopeAuthenticator::verify_now(std::string_view compact, const Origin& origin,
                                                                  Instant now) const {
  return verifier_.verify_now(compact, origin, now);
}

Result<SharedToken> ScopeAuthenticator::verify(std::string_view compact, const Origin& origin, Instant now) const {
  return verifier_.verify(compact, origin, now);
}

std::optional<Result<Principal>> ScopeAuthenticator::principal_known_now(const VerifiedToken& token,
                                                                         const Origin& origin, Instant now) const {
  return principal_of(token, origin, now);
}

Result<Principal> ScopeAuthenticator::principal_of(const VerifiedToken& token, const Origin& origin,
                                                   Instant now) const {
  const auto& claims = token.claims();
  if (!claims.subject || claims.subject->empty()) {
    verifier_.record_refusal(token, ErrorCode::token_subject_missing, origin, now);
    return failure(ErrorCode::token_subject_missing);
  }
  return Principal{*claims.subject, token_scope(claims).value_or(PermissionSet{})};
}

}  // namespace cardea
