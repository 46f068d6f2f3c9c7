// A caller who may show an API key in the place of a token: AllowingApiKeys<RequirePermission<"posts:write">>, or
// AllowingApiKeys<CurrentPrincipal>. Everywhere else an API key is refused like any text that is no token.
//
// Principals only: what limits a key is its scopes, which narrow permissions; a role or an account knows no scopes.
//
// An application that uses it provides a PrincipalAuthenticator and an ApiKeyAuthenticator; cardea::service does.
#pragma once

#include <cardea/core/api_key/api_key_authenticator.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/bearer_token.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/permitted.hpp>
#include <optional>

namespace cardea::web {

template <class Caller>
struct AllowingApiKeys {
  static_assert(sizeof(Caller) == 0,
                "cardea: AllowingApiKeys is for CurrentPrincipal, RequirePermission, RequireAll and RequireAny: an API "
                "key's scopes narrow permissions, and a role or an account knows no scopes");
};

template <>
struct AllowingApiKeys<CurrentPrincipal> : CurrentPrincipal {
  // Errors: those of CurrentPrincipal for a token, those of ApiKeyAuthenticator for a key.
  static Task<Result<AllowingApiKeys>> resolve(const BearerToken& presented, Use<PrincipalAuthenticator> tokens,
                                               Use<ApiKeyAuthenticator> keys, Exchange& exchange);
  static std::optional<Result<AllowingApiKeys>> resolve_now(const BearerToken& presented,
                                                            Use<PrincipalAuthenticator> tokens,
                                                            Use<ApiKeyAuthenticator> keys, Exchange& exchange);
  static void describe(Operation& operation);
};

template <class Rule, Name... permissions>
struct AllowingApiKeys<Permitted<Rule, permissions...>> : Permitted<Rule, permissions...> {
  // Error: permission_required, as without a key.
  static Result<AllowingApiKeys> resolve(const AllowingApiKeys<CurrentPrincipal>& caller, const RequestContext& context,
                                         UseIfProvided<AuditSink> audit) {
    if (auto allowed = Rule::check(*caller, AllowingApiKeys::names, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return AllowingApiKeys{{*caller}};
  }
};

template <class Caller>
inline constexpr bool names_a_principal<AllowingApiKeys<Caller>> = true;
template <class Caller>
inline constexpr bool accepts_api_keys<AllowingApiKeys<Caller>> = true;
template <class Caller>
inline constexpr auto permissions_named_by<AllowingApiKeys<Caller>> = permissions_named_by<Caller>;

}  // namespace cardea::web
