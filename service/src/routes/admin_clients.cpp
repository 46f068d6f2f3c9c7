#include <cardea/service/routes/admin_clients.hpp>

#include "routes/may_hand_on.hpp"

namespace cardea::service {
namespace {

using MayRead = web::RequirePermission<"clients:read">;
using MayWrite = web::RequirePermission<"clients:write">;
using ClientPath = web::Path<"id", std::string>;
using Clients = web::Use<ClientAdministration>;
using web::RequestContext;

Error invalid(std::string_view member, std::string_view reason) {
  return Error{ErrorCode::validation_failed}.with_fields({{"/body/" + std::string(member), std::string(reason)}});
}

Result<PermissionSet> scopes_of(const std::string& scope) {
  auto scopes = PermissionSet::parse_scope(scope);
  if (!scopes) return failure(invalid("scope", "must be permissions with one space between them"));
  return scopes;
}

Result<ClientKind> kind_of(const std::optional<std::string>& text) {
  if (!text) return ClientKind::confidential_client;
  const auto kind = parse_client_kind(*text);
  if (!kind) return failure(invalid("kind", "must be one of: confidential, public"));
  return *kind;
}

template <class T>
Result<ClientView> view_of(const Result<T>& client) {
  if (!client) return failure(client.error());
  return ClientView::of(*client);
}

Result<ClientListing> list(const MayRead&, web::Query<"limit", web::Ranged<int, 1, 200>, 50> limit,
                           const web::Query<"cursor", std::optional<std::string>>& cursor, Clients clients) {
  std::optional<ClientId> after;
  if (*cursor) {
    const auto id = ClientId::parse(**cursor);
    if (!id) return failure(web::invalid_value("/query", "cursor", "is not the `next` of a page"));
    after = *id;
  }
  const auto page = clients->list(after, static_cast<std::size_t>(limit->value));
  if (!page) return failure(page.error());
  ClientListing listing;
  for (const auto& client : page->clients) listing.items.push_back(ClientView::of(client));
  if (page->next) listing.next = std::string(page->next->text());
  return listing;
}

Result<ClientView> show(const MayRead&, const ClientPath& path, Clients clients) {
  const auto id = ClientId::parse(*path);
  return id ? view_of(clients->find(*id)) : failure(id.error());
}

Result<web::Created<ClientWithSecret>> add(const MayWrite& giver, const web::JsonBody<NewClient>& body, Clients clients,
                                           web::Use<AuditSink> audit, const RequestContext& context) {
  const auto name = ClientName::parse(body->name);
  if (!name) return failure(invalid("name", "must be 1 to 80 characters without control characters"));
  const auto kind = kind_of(body->kind);
  if (!kind) return failure(kind.error());
  const auto scopes = scopes_of(body->scope.value_or(std::string{}));
  if (!scopes) return failure(scopes.error());
  if (auto may = may_hand_on(*scopes, *giver, *audit, context); !may) return failure(std::move(may).error());
  const auto issued = clients->add(*name, *kind, *scopes, context.origin, context.received_at);
  if (!issued) return failure(issued.error());
  const auto location = "/admin/clients/" + std::string(issued->client.id.text());
  return web::Created<ClientWithSecret>{ClientWithSecret::of(*issued), location};
}

Result<ClientView> disable(const MayWrite&, const ClientPath& path, Clients clients, const RequestContext& context) {
  const auto id = ClientId::parse(*path);
  return id ? view_of(clients->disable(*id, context.origin, context.received_at)) : failure(id.error());
}

Result<ClientView> enable(const MayWrite&, const ClientPath& path, Clients clients, const RequestContext& context) {
  const auto id = ClientId::parse(*path);
  return id ? view_of(clients->enable(*id, context.origin, context.received_at)) : failure(id.error());
}

Result<ClientView> set_scope(const MayWrite& giver, const ClientPath& path, const web::JsonBody<NewScope>& body,
                             Clients clients, web::Use<AuditSink> audit, const RequestContext& context) {
  const auto id = ClientId::parse(*path);
  if (!id) return failure(id.error());
  const auto scopes = scopes_of(body->scope);
  if (!scopes) return failure(scopes.error());
  if (auto may = may_hand_on(*scopes, *giver, *audit, context); !may) return failure(std::move(may).error());
  return view_of(clients->set_scopes(*id, *scopes, context.origin, context.received_at));
}

// Whoever has the secret has the scopes.
Result<ClientWithSecret> rotate_secret(const MayWrite& giver, const ClientPath& path, Clients clients,
                                       web::Use<AuditSink> audit, const RequestContext& context) {
  const auto id = ClientId::parse(*path);
  if (!id) return failure(id.error());
  const auto client = clients->find(*id);
  if (!client) return failure(client.error());
  if (auto may = may_hand_on(client->scopes, *giver, *audit, context); !may) return failure(std::move(may).error());
  const auto issued = clients->rotate_secret(*id, context.origin, context.received_at);
  if (!issued) return failure(issued.error());
  return ClientWithSecret::of(*issued);
}

}  // namespace

ClientView ClientView::of(const OAuthClient& client) {
  return {.client_id = std::string(client.id.text()),
          .name = std::string(client.name.text()),
          .kind = std::string(name_of(client.kind)),
          .scope = client.scopes.to_scope(),
          .created_at = client.created_at,
          .disabled_at = client.disabled_at};
}

ClientWithSecret ClientWithSecret::of(const IssuedClient& issued) {
  ClientWithSecret view{ClientView::of(issued.client), std::nullopt};
  if (!issued.secret.empty()) view.client_secret = std::string(issued.secret.expose());
  return view;
}

void add_admin_clients(web::App& app) {
  app.get<"/admin/clients">(list).blocking().tag("clients").summary("List the OAuth clients");
  app.post<"/admin/clients">(add)
      .blocking()
      .tag("clients")
      .summary("Add an OAuth client")
      .description("The answer has the client's secret, which is shown this once. Nobody gives more than they have.");
  app.get<"/admin/clients/{id}">(show)
      .refuses({ErrorCode::client_not_found})
      .blocking()
      .tag("clients")
      .summary("Read an OAuth client");
  app.put<"/admin/clients/{id}/scope">(set_scope)
      .refuses({ErrorCode::client_not_found})
      .blocking()
      .tag("clients")
      .summary("Change what a client may have at the most")
      .description("Its tokens follow at once.");
  app.post<"/admin/clients/{id}/disable">(disable)
      .refuses({ErrorCode::client_not_found})
      .blocking()
      .tag("clients")
      .summary("Refuse a client and its tokens until it is enabled again");
  app.post<"/admin/clients/{id}/enable">(enable)
      .refuses({ErrorCode::client_not_found})
      .blocking()
      .tag("clients")
      .summary("Let a disabled client in again");
  app.post<"/admin/clients/{id}/rotate-secret">(rotate_secret)
      .refuses({ErrorCode::client_not_found, ErrorCode::conflict})
      .blocking()
      .tag("clients")
      .summary("Give a client a new secret")
      .description("The old one stops at once. The answer has the new one, which is shown this once.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::ClientWithSecret>::respond(service::ClientWithSecret& client) {
  auto response = responder_detail::json_response(200, to_json(client));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::ClientWithSecret>::describe(SchemaRegistry& schemas) {
  return {200, json_schema<service::ClientWithSecret>(schemas), true};
}

Result<Response> Responder<Created<service::ClientWithSecret>>::respond(Created<service::ClientWithSecret>& created) {
  auto response = Responder<service::ClientWithSecret>::respond(created.value);
  response->status = 201;
  response->headers.add("Location", created.location);
  return response;
}

responder_detail::Success Responder<Created<service::ClientWithSecret>>::describe(SchemaRegistry& schemas) {
  return {201, json_schema<service::ClientWithSecret>(schemas), true};
}

}  // namespace cardea::web
