// Which OAuth client sends a request: by HTTP Basic or by client_id and client_secret in the body, not by both
// (RFC 6749 section 2.3.1). As handler parameters, which use a ClientAuthenticator.
#pragma once

#include <cardea/core/base/secret.hpp>
#include <cardea/core/client/client_authenticator.hpp>
#include <cardea/service/routes/oauth_parameters.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>

namespace cardea::service {

// What was presented, unchecked. Error: invalid_request for two ways at once, two Authorization headers, or a Basic
// that is not two form-urlencoded texts.
struct PresentedClient {
  std::optional<std::string> id;
  std::optional<Secret> secret;

  static Result<PresentedClient> resolve(const web::Request& request, const OAuthParameters& parameters);
  static void describe(web::Operation& operation);
};

// The client, or none if the request says nothing of one. Error: client_invalid for a wrong one.
struct OptionalClient {
  static constexpr bool blocking = true;

  std::optional<OAuthClient> client;

  static Result<OptionalClient> resolve(const PresentedClient& presented, web::Use<ClientAuthenticator> authenticator,
                                        const web::RequestContext& context);
  static void describe(web::Operation& operation);
};

// A confidential client that has authenticated, or a public one that says who it is. Error: client_invalid.
struct IdentifiedClient {
  static constexpr bool blocking = true;

  OAuthClient client;

  static Result<IdentifiedClient> resolve(const PresentedClient& presented, web::Use<ClientAuthenticator> authenticator,
                                          const web::RequestContext& context);
  static void describe(web::Operation& operation);
};

// A confidential client that has authenticated. Error: client_invalid.
struct AuthenticatedClient {
  OAuthClient client;

  static Result<AuthenticatedClient> resolve(const IdentifiedClient& identified);
  static void describe(web::Operation& operation);
};

}  // namespace cardea::service

template <>
inline constexpr bool cardea::web::names_a_principal<cardea::service::OptionalClient> = true;
template <>
inline constexpr bool cardea::web::names_a_principal<cardea::service::IdentifiedClient> = true;
template <>
inline constexpr bool cardea::web::names_a_principal<cardea::service::AuthenticatedClient> = true;
