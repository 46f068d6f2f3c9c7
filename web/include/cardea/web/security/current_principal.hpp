// Whom the caller's token speaks for, and what they may. Unlike CurrentUser it needs no accounts: a service that trusts
// another one's tokens has it too.
//
// An application that uses it provides a PrincipalAuthenticator: a TokenAuthenticator where there are accounts, as
// cardea::service does, or a ScopeAuthenticator.
#pragma once

#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/security/verified_bearer_token.hpp>
#include <optional>

namespace cardea::web {

struct CurrentPrincipal {
  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Errors: not_authenticated, token_invalid, token_subject_missing; with accounts user_not_found and user_disabled;
  // and key_set_unavailable, store_unavailable or service_unavailable where nobody can tell.
  static Task<Result<CurrentPrincipal>> resolve(const VerifiedBearerToken& token,
                                                Use<PrincipalAuthenticator> authenticator, Exchange& exchange);
  static std::optional<Result<CurrentPrincipal>> resolve_now(const VerifiedBearerToken& token,
                                                             Use<PrincipalAuthenticator> authenticator,
                                                             Exchange& exchange);
  static void describe(Operation& operation);
};

template <>
inline constexpr bool names_a_principal<CurrentPrincipal> = true;

}  // namespace cardea::web
