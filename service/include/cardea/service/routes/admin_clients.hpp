// /admin/clients: the OAuth clients, for administrators. Seeing needs clients:read, changing clients:write.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/client/client_administration.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct ClientView {
  std::string client_id;
  std::string name;
  std::string kind;   // confidential or public
  std::string scope;  // the most that its tokens may allow
  Instant created_at{};
  std::optional<Instant> disabled_at;

  static ClientView of(const OAuthClient& client);
};
BOOST_DESCRIBE_STRUCT(ClientView, (), (client_id, name, kind, scope, created_at, disabled_at))

struct ClientListing {
  std::vector<ClientView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ClientListing, (), (items, next))

// With the secret, which no other answer ever has again; none for a public client.
struct ClientWithSecret : ClientView {
  std::optional<std::string> client_secret;

  static ClientWithSecret of(const IssuedClient& issued);
};
BOOST_DESCRIBE_STRUCT(ClientWithSecret, (ClientView), (client_secret))

struct NewClient {
  std::string name;
  std::optional<std::string> kind;   // confidential unless said
  std::optional<std::string> scope;  // nothing unless said
};
BOOST_DESCRIBE_STRUCT(NewClient, (), (name, kind, scope))

struct NewScope {
  std::string scope;
};
BOOST_DESCRIBE_STRUCT(NewScope, (), (scope))

// Uses a ClientAdministration. Nobody gives a client more than they may themselves: who adds one, widens its scope or
// takes its new secret needs every permission of that scope, too.
void add_admin_clients(web::App& app);

}  // namespace cardea::service

// An answer with a secret in it is kept by no cache.
template <>
struct cardea::web::Responder<cardea::service::ClientWithSecret> {
  static Result<Response> respond(service::ClientWithSecret& client);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
template <>
struct cardea::web::Responder<cardea::web::Created<cardea::service::ClientWithSecret>> {
  static Result<Response> respond(Created<service::ClientWithSecret>& created);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
