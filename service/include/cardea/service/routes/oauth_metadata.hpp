// GET /.well-known/oauth-authorization-server: what a standard client has to know to speak to this server (RFC 8414).
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <string>
#include <vector>

namespace cardea::service {

struct AuthorizationServerMetadata {
  std::string issuer;
  std::string token_endpoint;
  std::string introspection_endpoint;
  std::string revocation_endpoint;
  std::string jwks_uri;
  std::vector<std::string> response_types_supported;  // none: there is no authorization endpoint
  std::vector<std::string> grant_types_supported;
  std::vector<std::string> token_endpoint_auth_methods_supported;
  std::vector<std::string> introspection_endpoint_auth_methods_supported;
  std::vector<std::string> revocation_endpoint_auth_methods_supported;
};
BOOST_DESCRIBE_STRUCT(AuthorizationServerMetadata, (),
                      (issuer, token_endpoint, introspection_endpoint, revocation_endpoint, jwks_uri,
                       response_types_supported, grant_types_supported, token_endpoint_auth_methods_supported,
                       introspection_endpoint_auth_methods_supported, revocation_endpoint_auth_methods_supported))

// Uses an AuthorizationServer.
void add_oauth_metadata(web::App& app);

}  // namespace cardea::service
