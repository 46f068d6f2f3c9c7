#include "security/authentication.hpp"

namespace cardea::web::authentication {

Task<Result<SharedToken>> verify_on_the_pool(const std::string& token, const PrincipalAuthenticator& authenticator,
                                             Exchange& exchange) {
  auto job = [shared = exchange.shared_from_this(), compact = token, &authenticator] {
    return authenticator.verify(compact, shared->context().origin, shared->context().received_at);
  };
  return exchange.provisions().find<BlockingPool>()->run(std::move(job));
}

}  // namespace cardea::web::authentication
