// POST /oauth2/introspect: whether a token holds at this moment, for a service that asks instead of verifying
// (RFC 7662).
#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>

namespace cardea::service {

struct IntrospectionRequest {
  std::string token;
  std::optional<std::string> token_type_hint;  // not needed: a token shows what it is
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};
BOOST_DESCRIBE_STRUCT(IntrospectionRequest, (), (token, token_type_hint, client_id, client_secret))

// Of a token that does not hold exactly {"active":false}: not even why.
struct Introspection {
  boost::json::object members{{"active", false}};
};

// Uses a ClientAuthenticator, a PrincipalAuthenticator, a SessionIssuer, a SessionAdministration and a UserStore. Any
// client with a secret may ask. `scope` is what the bearer may at this moment, which the account behind the token
// decides as much as the token does. Errors have the shape of RFC 6749.
void add_oauth_introspection(web::App& app);

}  // namespace cardea::service

template <>
struct cardea::web::Responder<cardea::service::Introspection> {
  static Result<Response> respond(service::Introspection& introspection);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
