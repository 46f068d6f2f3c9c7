#include <cardea/sql/api_key/sql_api_key_store.hpp>

#include "api_key/api_key_statements.hpp"
#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

// Runs a statement to its end.
std::size_t count_rows(soci::statement& statement) {
  std::size_t count = 0;
  statement.execute();
  while (statement.fetch()) ++count;
  return count;
}

}  // namespace

Done SqlApiKeyStore::add(const ApiKey& key, const std::string& digest) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input = row_of(key, digest);
    if (!fetch_one(keys.add)) return failure(ErrorCode::conflict);
    return {};
  });
}

Result<std::optional<ApiKey>> SqlApiKeyStore::find_by_digest(const std::string& digest) {
  return connections_.with_connection([&](Connection& connection) -> Result<std::optional<ApiKey>> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input.digest = digest;
    if (!fetch_one(keys.find_by_digest)) return std::nullopt;
    return keys.row.key();
  });
}

Result<std::vector<ApiKey>> SqlApiKeyStore::list(UserId owner) {
  const auto rows = connections_.with_connection([&](Connection& connection) -> Result<std::vector<ApiKeyRow>> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input.user_id = owner.value;
    std::vector<ApiKeyRow> all;
    keys.list.execute();
    while (keys.list.fetch()) all.push_back(keys.row);
    return all;
  });
  if (!rows) return failure(rows.error());
  std::vector<ApiKey> keys;
  for (const auto& row : *rows) {
    auto key = row.key();
    if (!key) return failure(std::move(key).error());
    keys.push_back(*std::move(key));
  }
  return keys;
}

Result<bool> SqlApiKeyStore::revoke(const ApiKeyId& id, UserId owner, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input.id = id.text();
    keys.input.user_id = owner.value;
    keys.now = microseconds_of(now);
    return fetch_one(keys.revoke);
  });
}

Result<std::size_t> SqlApiKeyStore::revoke_all(UserId owner, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<std::size_t> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input.user_id = owner.value;
    keys.now = microseconds_of(now);
    return count_rows(keys.revoke_all);
  });
}

Result<bool> SqlApiKeyStore::touch(const ApiKeyId& id, Instant now) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.input.id = id.text();
    keys.now = microseconds_of(now);
    keys.used_until = microseconds_of(now - ApiKey::kUseStep);
    return fetch_one(keys.touch);
  });
}

Result<std::size_t> SqlApiKeyStore::prune(Instant ended_before, std::size_t limit) {
  return connections_.write([&](Connection& connection) -> Result<std::size_t> {
    auto& keys = connection.prepared<ApiKeyStatements>();
    keys.ended_before = microseconds_of(ended_before);
    keys.limit = static_cast<long long>(limit);
    return count_rows(keys.prune);
  });
}

}  // namespace cardea::sql
