#include <cardea/web/security/current_principal.hpp>

#include "security/authentication.hpp"

namespace cardea::web {
namespace {

CurrentPrincipal caller(Principal principal) { return {std::move(principal)}; }

constexpr authentication::Search kPrincipals{&PrincipalAuthenticator::principal_known_now,
                                             &PrincipalAuthenticator::principal_of, &caller};

}  // namespace

Task<Result<CurrentPrincipal>> CurrentPrincipal::resolve(const BearerToken& token,
                                                         Use<PrincipalAuthenticator> authenticator,
                                                         Exchange& exchange) {
  return authentication::authenticate(token.value, *authenticator, kPrincipals, exchange);
}

void CurrentPrincipal::describe(Operation& operation) {
  operation.requirements.emplace_back("principal");
  operation.refusals.insert({401, 503});
}

}  // namespace cardea::web
