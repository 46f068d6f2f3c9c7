#include <cardea/service/routes/oauth_metadata.hpp>
#include <cardea/service/routes/oauth_token.hpp>
#include <cardea/service/wiring/authorization_server.hpp>

namespace cardea::service {
namespace {

std::vector<std::string> grant_types() {
  std::vector<std::string> names;
  for (const auto grant : kAdvertisedGrants) names.emplace_back(name_of(grant));
  return names;
}

AuthorizationServerMetadata answer(web::Public, web::Use<AuthorizationServer> server) {
  const std::vector<std::string> with_secret{"client_secret_basic", "client_secret_post"};
  auto with_secret_or_none = with_secret;
  with_secret_or_none.emplace_back("none");
  return {.issuer = server->issuer(),
          .token_endpoint = server->url_of("/oauth2/token"),
          .introspection_endpoint = server->url_of("/oauth2/introspect"),
          .revocation_endpoint = server->url_of("/oauth2/revoke"),
          .jwks_uri = server->url_of("/.well-known/jwks.json"),
          .response_types_supported = {},
          .grant_types_supported = grant_types(),
          .token_endpoint_auth_methods_supported = with_secret,
          .introspection_endpoint_auth_methods_supported = with_secret,
          .revocation_endpoint_auth_methods_supported = with_secret_or_none};
}

}  // namespace

void add_oauth_metadata(web::App& app) {
  app.get<"/.well-known/oauth-authorization-server">(answer).tag("oauth2").summary(
      "What an OAuth 2 client has to know of this server");
}

}  // namespace cardea::service
