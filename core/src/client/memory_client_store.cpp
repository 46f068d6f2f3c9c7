#include <algorithm>
#include <cardea/core/client/memory_client_store.hpp>
#include <mutex>

namespace cardea {

MemoryClientStore::Rows::iterator MemoryClientStore::row(const ClientId& id) {
  return std::ranges::find_if(rows_, [&id](const ClientCredentials& row) { return row.client.id == id; });
}

template <class Change>
Result<OAuthClient> MemoryClientStore::changed(const ClientId& id, Change change) {
  const std::unique_lock lock{mutex_};
  const auto found = row(id);
  if (found == rows_.end()) return failure(ErrorCode::client_not_found);
  if (auto done = change(*found); !done) return failure(std::move(done).error());
  return found->client;
}

Result<std::optional<OAuthClient>> MemoryClientStore::find(const ClientId& id) {
  const std::shared_lock lock{mutex_};
  const auto found = row(id);
  return found == rows_.end() ? std::optional<OAuthClient>{} : found->client;
}

Result<std::optional<ClientCredentials>> MemoryClientStore::find_credentials(const ClientId& id) {
  const std::shared_lock lock{mutex_};
  const auto found = row(id);
  return found == rows_.end() ? std::optional<ClientCredentials>{} : *found;
}

Done MemoryClientStore::add(const ClientCredentials& credentials) {
  const std::unique_lock lock{mutex_};
  if (row(credentials.client.id) != rows_.end()) return failure(ErrorCode::conflict);
  rows_.push_back(credentials);
  return {};
}

Result<OAuthClient> MemoryClientStore::disable(const ClientId& id, Instant now) {
  return changed(id, [now](ClientCredentials& row) -> Done {
    row.client.disabled_at = row.client.disabled_at.value_or(now);
    return {};
  });
}

Result<OAuthClient> MemoryClientStore::enable(const ClientId& id) {
  return changed(id, [](ClientCredentials& row) -> Done {
    row.client.disabled_at.reset();
    return {};
  });
}

Result<OAuthClient> MemoryClientStore::set_scopes(const ClientId& id, const PermissionSet& scopes) {
  return changed(id, [&scopes](ClientCredentials& row) -> Done {
    row.client.scopes = scopes;
    return {};
  });
}

Result<OAuthClient> MemoryClientStore::set_secret_digest(const ClientId& id, const std::string& digest) {
  return changed(id, [&digest](ClientCredentials& row) -> Done {
    if (row.client.kind == ClientKind::public_client) return failure(ErrorCode::conflict);
    row.secret_digest = digest;
    return {};
  });
}

Result<ClientPage> MemoryClientStore::list(const std::optional<ClientId>& after, std::size_t limit) {
  const std::shared_lock lock{mutex_};
  ClientPage page;
  auto next = after ? row(*after) : rows_.begin();
  if (after && next != rows_.end()) ++next;
  for (; next != rows_.end() && page.clients.size() < limit; ++next) page.clients.push_back(next->client);
  if (next != rows_.end()) page.next = page.clients.back().id;
  return page;
}

}  // namespace cardea
