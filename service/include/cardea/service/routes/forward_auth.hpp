// /auth/verify: whether a request that a proxy has may go on, and whose it is. For nginx's auth_request, Traefik's
// ForwardAuth and Envoy's ext_authz (docs/forward-auth.md).
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

// Whose request it is, for the service behind the proxy: X-Auth-User, X-Auth-Id, X-Auth-Roles and X-Auth-Permissions.
// Every answer has each of them, empty where there is nothing to say, so that what a client sent under these names is
// replaced. None can hold a control character: user names, client ids, roles and permissions have no such.
struct ForwardedIdentity {
  std::string user;                // a user name, or a client's id
  std::optional<std::int64_t> id;  // of the account; none for a client
  std::vector<std::string> roles;  // of the account; those that the token's or key's scope lets it act in
  PermissionSet permissions;       // narrowed to that scope
};

// Uses a PrincipalAuthenticator, an ApiKeyAuthenticator, a UserStore and LiveRoles. GET, and every method of the
// request itself, since Envoy asks by that. ?role= and ?permission=, each any number of times, ask for more than a
// valid token: all of them, or 403. Errors: 422 for another parameter, or for what is no name of a role or permission.
void add_forward_auth(web::App& app);

}  // namespace cardea::service

template <>
struct cardea::web::Responder<cardea::service::ForwardedIdentity> {
  static Result<Response> respond(service::ForwardedIdentity& identity);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
