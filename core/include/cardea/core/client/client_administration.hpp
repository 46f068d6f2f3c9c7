// Makes and changes OAuth clients: store and audit event of each step in one place, for the command line and the
// administration routes alike.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/client/client_store.hpp>

namespace cardea {

struct IssuedClient {
  OAuthClient client;
  Secret secret;  // never to be had again; empty for a public client
};

// Calls may block; thread-safe. Each change leaves one audit event, a refused one too. Errors, beyond the named: those
// of the store.
class ClientAdministration {
 public:
  // What it is given outlives it.
  ClientAdministration(ClientStore& clients, AuditSink& audit) : clients_(clients), audit_(audit) {}

  // Error: client_not_found.
  Result<OAuthClient> find(const ClientId& id) const;
  Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) const {
    return clients_.list(after, limit);
  }

  Result<IssuedClient> add(const ClientName& name, ClientKind kind, const PermissionSet& scopes, const Origin& origin,
                           Instant now);

  // Errors: client_not_found. To be what it is already is no error. Tokens that a disabled client has hold no more, and
  // hold again once it is enabled, until they expire.
  Result<OAuthClient> disable(const ClientId& id, const Origin& origin, Instant now);
  Result<OAuthClient> enable(const ClientId& id, const Origin& origin, Instant now);

  // Error: client_not_found. Tokens that the client has allow what both their scope and the new scopes do.
  Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes, const Origin& origin, Instant now);

  // The secret before stops at once: there are never two. Tokens that were got by it hold until they expire.
  // Errors: client_not_found; conflict for a public client.
  Result<IssuedClient> rotate_secret(const ClientId& id, const Origin& origin, Instant now);

 private:
  template <class T>
  Result<T> recorded(Result<T> changed, AuditAction action, const ClientId& id, const Origin& origin, Instant now);

  ClientStore& clients_;
  AuditSink& audit_;
};

}  // namespace cardea
