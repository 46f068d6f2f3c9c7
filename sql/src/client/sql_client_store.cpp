#include <algorithm>
#include <cardea/sql/client/sql_client_store.hpp>
#include <limits>
#include <ranges>

#include "client/client_statements.hpp"
#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

ClientRow row_of(const ClientCredentials& credentials) {
  const auto& client = credentials.client;
  ClientRow row;
  row.client_id = client.id.text();
  row.name = client.name.text();
  row.kind = name_of(client.kind);
  row.secret_digest = credentials.secret_digest;
  row.scopes = client.scopes.to_scope();
  row.created_at = microseconds_of(client.created_at);
  if (client.disabled_at) {
    row.disabled_at = microseconds_of(*client.disabled_at);
    row.has_disabled_at = soci::i_ok;
  }
  return row;
}

Result<std::optional<ClientCredentials>> fetch_client(ClientStatements& statements, soci::statement& statement) {
  if (!fetch_one(statement)) return std::optional<ClientCredentials>{};
  return statements.row.credentials();
}

// For statements on one client that there is.
Result<OAuthClient> change_client(ClientStatements& statements, soci::statement& statement) {
  auto changed = fetch_client(statements, statement);
  if (!changed) return failure(std::move(changed).error());
  if (!*changed) return failure(ErrorCode::client_not_found);
  return (*std::move(changed))->client;
}

}  // namespace

Result<std::optional<ClientCredentials>> SqlClientStore::find_credentials(const ClientId& id) {
  return connections_.with_connection([&](Connection& connection) {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client.client_id = id.text();
    return fetch_client(clients, clients.find);
  });
}

Result<std::optional<OAuthClient>> SqlClientStore::find(const ClientId& id) {
  auto found = find_credentials(id);
  if (!found) return failure(std::move(found).error());
  return *found ? std::optional{(*std::move(found))->client} : std::optional<OAuthClient>{};
}

Done SqlClientStore::add(const ClientCredentials& credentials) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client = row_of(credentials);
    if (!fetch_one(clients.add)) return failure(ErrorCode::conflict);
    return {};
  });
}

Result<OAuthClient> SqlClientStore::disable(const ClientId& id, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client.client_id = id.text();
    clients.now = microseconds_of(now);
    return change_client(clients, clients.disable);
  });
}

Result<OAuthClient> SqlClientStore::enable(const ClientId& id) {
  return connections_.write([&](Connection& connection) {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client.client_id = id.text();
    return change_client(clients, clients.enable);
  });
}

Result<OAuthClient> SqlClientStore::set_scopes(const ClientId& id, const PermissionSet& scopes) {
  return connections_.write([&](Connection& connection) {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client.client_id = id.text();
    clients.client.scopes = scopes.to_scope();
    return change_client(clients, clients.set_scopes);
  });
}

Result<OAuthClient> SqlClientStore::set_secret_digest(const ClientId& id, const std::string& digest) {
  return connections_.write([&](Connection& connection) -> Result<OAuthClient> {
    auto& clients = connection.prepared<ClientStatements>();
    clients.client.client_id = id.text();
    clients.client.secret_digest = digest;
    auto changed = change_client(clients, clients.set_digest);
    const bool is_none = !changed && changed.error().code() == ErrorCode::client_not_found;
    if (is_none && fetch_one(clients.find)) return failure(ErrorCode::conflict);
    return changed;
  });
}

Result<ClientPage> SqlClientStore::list(const std::optional<ClientId>& after, std::size_t limit) {
  constexpr std::size_t kMost = std::numeric_limits<std::int32_t>::max();
  limit = std::min(limit, kMost);
  const auto rows = connections_.with_connection([&](Connection& connection) -> Result<std::vector<ClientRow>> {
    auto& clients = connection.prepared<ClientStatements>();
    if (after) clients.client.client_id = after->text();
    clients.limit = static_cast<long long>(limit) + 1;  // the one more tells whether there is a next page
    auto& statement = after ? clients.list_after : clients.list;
    std::vector<ClientRow> found;
    statement.execute();
    while (statement.fetch()) found.push_back(clients.row);
    return found;
  });
  if (!rows) return failure(rows.error());
  ClientPage page;
  for (const auto& row : *rows | std::views::take(limit)) {
    auto credentials = row.credentials();
    if (!credentials) return failure(std::move(credentials).error());
    page.clients.push_back(std::move(credentials->client));
  }
  if (rows->size() > limit && !page.clients.empty()) page.next = page.clients.back().id;
  return page;
}

}  // namespace cardea::sql
