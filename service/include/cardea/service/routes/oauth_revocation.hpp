// POST /oauth2/revoke: a client that needs a token no more says so (RFC 7009).
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>

namespace cardea::service {

struct RevocationRequest {
  std::string token;
  std::optional<std::string> token_type_hint;  // not needed: a token shows what it is
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret;
};
BOOST_DESCRIBE_STRUCT(RevocationRequest, (), (token, token_type_hint, client_id, client_secret))

// Uses a ClientAuthenticator, a SessionIssuer, a SessionAdministration, a PrincipalAuthenticator and a UserStore. A
// refresh token and an access token of a session end that session, at once. Always 200 to a client, for an unknown
// token, too (RFC 7009 section 2.2). An access token without a session holds until it expires: whoever needs more
// disables the client. Errors have the shape of RFC 6749.
void add_oauth_revocation(web::App& app);

}  // namespace cardea::service
