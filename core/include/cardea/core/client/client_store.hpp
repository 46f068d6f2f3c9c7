// Where OAuth clients are kept. Every implementation passes core/tests/client/client_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value. Clients are never deleted: a disabled one keeps its id.
#pragma once

#include <cardea/core/client/oauth_client.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cardea {

// What the authenticator needs, in one look-up.
struct ClientCredentials {
  OAuthClient client;
  std::string secret_digest;  // digest_of the secret (cardea/core/token/opaque_token.hpp); of a public client empty
};

struct ClientPage {
  std::vector<OAuthClient> clients;  // in the order of addition, disabled ones included
  std::optional<ClientId> next;      // pass as `after` for the next page; empty on the last
};

class ClientStore {
 public:
  virtual ~ClientStore() = default;

  // Disabled clients are found, too. An unknown id is an empty optional, not an error.
  virtual Result<std::optional<OAuthClient>> find(const ClientId& id) = 0;
  virtual Result<std::optional<ClientCredentials>> find_credentials(const ClientId& id) = 0;

  // What find(id) would answer, if that is known without waiting for anything; empty says nothing about the client.
  // For threads that must not block.
  virtual std::optional<OAuthClient> find_without_waiting(const ClientId& id) const;

  // A confidential client has a digest, a public one has none. Error: conflict, if the id is taken.
  virtual Done add(const ClientCredentials& credentials) = 0;

  // Errors: client_not_found. One that is disabled already keeps the time of that.
  virtual Result<OAuthClient> disable(const ClientId& id, Instant now) = 0;
  virtual Result<OAuthClient> enable(const ClientId& id) = 0;
  virtual Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes) = 0;

  // Errors: client_not_found; conflict for a public client, which has no secret.
  virtual Result<OAuthClient> set_secret_digest(const ClientId& id, const std::string& digest) = 0;

  // `limit` at least 1. After an unknown id there is nothing.
  virtual Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) = 0;
};

}  // namespace cardea
