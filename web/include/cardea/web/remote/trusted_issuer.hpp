// A service that trusts the tokens of another: one call, and its routes ask for RequirePermission or CurrentPrincipal.
//
//   trust_issuer(app, {.key_set = KeySetUrl::parse("https://id.example/.well-known/jwks.json").value(),
//                      .issuer = Issuer{"https://id.example"},
//                      .audience = Audience{"orders"}});
//   app.get<"/orders">([](RequirePermission<"orders:read"> reader, Use<Orders> orders) { return orders->all(); });
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/key/remote_key_set.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/remote/https_key_set_fetcher.hpp>
#include <cardea/web/remote/key_set_url.hpp>
#include <memory>

namespace cardea::web {

struct TrustedIssuer {
  KeySetUrl key_set;
  Issuer issuer;
  Audience audience;  // who this service is
  HttpsKeySetFetcherOptions https = {};
  RemoteKeySetOptions keys = {};
};

// Provides a PrincipalAuthenticator to `app`: the tokens are access tokens of RFC 9068 from the issuer and for the
// audience, verified by the issuer's JWK set alone; the principal's permissions are the token's scope. Refusals are
// events of `audit`; without one, lines of the log. The key set is fetched from now on, on a thread of its own, and
// until that has succeeded once every token is answered 503. What it returns is that set, for a readiness route.
std::shared_ptr<RemoteKeySet> trust_issuer(App& app, TrustedIssuer trusted, std::shared_ptr<AuditSink> audit = {});

}  // namespace cardea::web
