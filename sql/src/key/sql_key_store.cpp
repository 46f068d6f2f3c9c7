#include <cardea/sql/key/sql_key_store.hpp>

#include "database/connection_pool.hpp"
#include "key/key_statements.hpp"

namespace cardea::sql {
namespace {

Done change_key(soci::statement& statement) {
  if (!fetch_one(statement)) return failure(ErrorCode::key_not_found);
  return {};
}

}  // namespace

Result<std::vector<StoredKey>> SqlKeyStore::list() {
  const auto rows = connections_.with_connection([](Connection& connection) -> Result<std::vector<KeyRow>> {
    auto& keys = connection.prepared<KeyStatements>();
    std::vector<KeyRow> found;
    keys.list.execute();
    while (keys.list.fetch()) found.push_back(keys.row);
    return found;
  });
  if (!rows) return failure(rows.error());
  std::vector<StoredKey> keys;
  for (const auto& row : *rows) {
    auto key = row.key();
    if (!key) return failure(std::move(key).error());
    keys.push_back(*std::move(key));
  }
  return keys;
}

Result<bool> SqlKeyStore::add(const StoredKey& key) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& keys = connection.prepared<KeyStatements>();
    keys.key = row_of(key);
    if (fetch_one(keys.add)) return true;
    // What stood in its way still stands there: keys are never deleted.
    if (fetch_one(keys.find_successor)) return false;
    return failure(ErrorCode::conflict);
  });
}

Done SqlKeyStore::start_signing(const KeyId& id, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& keys = connection.prepared<KeyStatements>();
    keys.key.kid = id.text();
    keys.now = now.time_since_epoch().count();
    return change_key(keys.start_signing);
  });
}

Done SqlKeyStore::retire(const KeyId& id, Instant now) {
  return connections_.write([&](Connection& connection) {
    auto& keys = connection.prepared<KeyStatements>();
    keys.key.kid = id.text();
    keys.now = now.time_since_epoch().count();
    return change_key(keys.retire);
  });
}

Done SqlKeyStore::raise_longest_token(const KeyId& id, std::chrono::seconds at_least) {
  return connections_.write([&](Connection& connection) {
    auto& keys = connection.prepared<KeyStatements>();
    keys.key.kid = id.text();
    keys.key.longest_token = at_least.count();
    return change_key(keys.raise_longest_token);
  });
}

Result<bool> SqlKeyStore::replace_sealed(const KeyId& id, const std::string& expected, const std::string& replacement) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& keys = connection.prepared<KeyStatements>();
    keys.key.kid = id.text();
    keys.key.sealed = replacement;
    keys.expected = expected;
    if (fetch_one(keys.replace_sealed)) return true;
    if (!fetch_one(keys.find)) return failure(ErrorCode::key_not_found);
    return false;
  });
}

}  // namespace cardea::sql
