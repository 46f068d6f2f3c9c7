// The caller's bearer token, verified: what its issuer has said. Not yet who the caller is: the account behind it may
// be disabled or gone, so that holding one decides nothing.
#pragma once

#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/security/bearer_token.hpp>
#include <optional>

namespace cardea::web {

struct VerifiedBearerToken {
  SharedToken token;  // never null

  const VerifiedToken* operator->() const noexcept { return token.get(); }

  // Errors: not_authenticated, token_invalid, and key_set_unavailable or service_unavailable where nobody can tell.
  static Task<Result<VerifiedBearerToken>> resolve(const BearerToken& presented,
                                                   Use<PrincipalAuthenticator> authenticator, Exchange& exchange);
  static std::optional<Result<VerifiedBearerToken>> resolve_now(const BearerToken& presented,
                                                                Use<PrincipalAuthenticator> authenticator,
                                                                Exchange& exchange);
};

template <>
inline constexpr bool refuses_api_keys<VerifiedBearerToken> = true;

}  // namespace cardea::web
