// From the text of a bearer token to the one it speaks for, without blocking an I/O thread: the signature is checked on
// it, and who is known already is answered on it; only an unknown key and an unknown account wait on the blocking pool.
#pragma once

#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <optional>
#include <string>
#include <utility>

namespace cardea::web::authentication {

// Whose token it is, asked of an Authenticator that answers Found, and shown to handlers as Shown.
template <class Authenticator, class Found, class Shown>
struct Search {
  std::optional<Result<Found>> (Authenticator::*known_now)(const VerifiedToken&, const Origin&, Instant) const;
  Result<Found> (Authenticator::*look_up)(const VerifiedToken&, const Origin&, Instant) const;
  Shown (*show)(Found);
};

// `authenticator` outlives the job, as everything that the application provides.
Task<Result<SharedToken>> verify_on_the_pool(const std::string& token, const PrincipalAuthenticator& authenticator,
                                             Exchange& exchange);

template <class Authenticator, class Found, class Shown>
Task<Result<Found>> look_up_on_the_pool(SharedToken token, const Authenticator& authenticator,
                                        const Search<Authenticator, Found, Shown>& search, Exchange& exchange) {
  auto job = [shared = exchange.shared_from_this(), token = std::move(token), &authenticator,
              look_up = search.look_up] {
    return (authenticator.*look_up)(*token, shared->context().origin, shared->context().received_at);
  };
  return exchange.provisions().find<BlockingPool>()->run(std::move(job));
}

// Errors: those of PrincipalAuthenticator::verify and of the search, and service_unavailable.
template <class Authenticator, class Found, class Shown>
Task<Result<Shown>> authenticate(const std::string& token, const Authenticator& authenticator,
                                 const Search<Authenticator, Found, Shown>& search, Exchange& exchange) {
  const auto& context = exchange.context();
  auto verified = authenticator.verify_now(token, context.origin, context.received_at);
  if (!verified) verified = co_await verify_on_the_pool(token, authenticator, exchange);
  if (!*verified) co_return failure(std::move(*verified).error());
  auto found = (authenticator.*search.known_now)(***verified, context.origin, context.received_at);
  if (!found) found = co_await look_up_on_the_pool(*std::move(*verified), authenticator, search, exchange);
  if (!*found) co_return failure(std::move(*found).error());
  co_return search.show(**std::move(found));
}

}  // namespace cardea::web::authentication
