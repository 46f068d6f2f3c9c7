// The statements on table `api_keys`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/api_key/api_key_store.hpp>
#include <string>

namespace cardea::sql {

struct ApiKeyRow {
  // Error: store_corrupt.
  Result<ApiKey> key() const;

  std::string id;
  long long user_id = 0;
  std::string username;  // of table users
  std::string digest, name, scopes;
  long long created_at = 0, expires_at = 0;
  long long last_used_at = 0, revoked_at = 0;
  soci::indicator has_last_used_at = soci::i_null, has_revoked_at = soci::i_null;
};

ApiKeyRow row_of(const ApiKey& key, const std::string& digest);

// Each member is one statement: set its inputs, run it, read its row.
class ApiKeyStatements {
 public:
  explicit ApiKeyStatements(soci::session& session);

  // Inputs, shared by all.
  ApiKeyRow input;
  long long now = 0, used_until = 0, ended_before = 0, limit = 0;

  // Output, shared by all.
  ApiKeyRow row;

  soci::statement add;             // input -> row.id; none if its id or its digest is taken
  soci::statement find_by_digest;  // input.digest -> row
  soci::statement list;            // input.user_id -> rows
  soci::statement revoke;          // input.{id, user_id}, now -> row.id
  soci::statement revoke_all;      // input.user_id, now -> row.id of each
  soci::statement touch;           // input.id, now, used_until -> row.id; none if it was used after that
  soci::statement prune;           // ended_before, limit -> row.id of each
};

}  // namespace cardea::sql
