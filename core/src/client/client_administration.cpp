#include <cardea/core/client/client_administration.hpp>
#include <cardea/core/client/client_secret.hpp>

namespace cardea {
namespace {

Result<IssuedClient> added_to(ClientStore& clients, OAuthClient client) {
  auto secret = client.kind == ClientKind::confidential_client ? kClientSecret.make() : Secret{};
  auto added = clients.add({client, secret.empty() ? std::string{} : digest_of(secret)});
  if (!added) return failure(std::move(added).error());
  return IssuedClient{std::move(client), std::move(secret)};
}

Result<IssuedClient> given_a_new_secret(ClientStore& clients, const ClientId& id) {
  auto secret = kClientSecret.make();
  auto client = clients.set_secret_digest(id, digest_of(secret));
  if (client) return IssuedClient{*std::move(client), std::move(secret)};
  if (client.error().code() != ErrorCode::conflict) return failure(std::move(client).error());
  return failure(ErrorCode::conflict, PublicText{"A public client has no secret"});
}

}  // namespace

template <class T>
Result<T> ClientAdministration::recorded(Result<T> changed, AuditAction action, const ClientId& id,
                                         const Origin& origin, Instant now) {
  AuditEvent event{now, action, std::string(id.text()), origin, {}};
  if (!changed) event.reason = changed.error().code();
  audit_.record(event);
  return changed;
}

Result<OAuthClient> ClientAdministration::find(const ClientId& id) const {
  auto found = clients_.find(id);
  if (!found) return failure(std::move(found).error());
  if (!*found) return failure(ErrorCode::client_not_found);
  return **std::move(found);
}

Result<IssuedClient> ClientAdministration::add(const ClientName& name, ClientKind kind, const PermissionSet& scopes,
                                               const Origin& origin, Instant now) {
  const auto id = ClientId::generate();
  return recorded(added_to(clients_, {id, name, kind, scopes, now, std::nullopt}), AuditAction::client_created, id,
                  origin, now);
}

Result<OAuthClient> ClientAdministration::disable(const ClientId& id, const Origin& origin, Instant now) {
  return recorded(clients_.disable(id, now), AuditAction::client_disabled, id, origin, now);
}

Result<OAuthClient> ClientAdministration::enable(const ClientId& id, const Origin& origin, Instant now) {
  return recorded(clients_.enable(id), AuditAction::client_enabled, id, origin, now);
}

Result<OAuthClient> ClientAdministration::set_scopes(const ClientId& id, const PermissionSet& scopes,
                                                     const Origin& origin, Instant now) {
  return recorded(clients_.set_scopes(id, scopes), AuditAction::client_scopes_changed, id, origin, now);
}

Result<IssuedClient> ClientAdministration::rotate_secret(const ClientId& id, const Origin& origin, Instant now) {
  return recorded(given_a_new_secret(clients_, id), AuditAction::client_secret_rotated, id, origin, now);
}

}  // namespace cardea
