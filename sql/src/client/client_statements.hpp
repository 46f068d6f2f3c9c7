// The statements on table `oauth_clients`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/client/client_store.hpp>
#include <string>

namespace cardea::sql {

struct ClientRow {
  // Error: store_corrupt.
  Result<ClientCredentials> credentials() const;

  std::string client_id, name, kind, secret_digest, scopes;
  long long created_at = 0, disabled_at = 0;
  soci::indicator has_disabled_at = soci::i_null;
};

// Each member is one statement: set its inputs, run it, read its row.
class ClientStatements {
 public:
  explicit ClientStatements(soci::session& session);

  // Inputs, shared by all.
  ClientRow client;
  long long now = 0;
  long long limit = 0;

  // Outputs, shared by all.
  ClientRow row;

  soci::statement find;        // client.client_id -> row
  soci::statement add;         // client -> row; none if the id is taken
  soci::statement disable;     // now, client.client_id -> row; none for an unknown client
  soci::statement enable;      // client.client_id -> row; likewise
  soci::statement set_scopes;  // client.scopes, client.client_id -> row; likewise
  soci::statement set_digest;  // client.secret_digest, client.client_id -> row; likewise, and for a public one
  soci::statement list;        // limit -> rows from the first one on
  soci::statement list_after;  // client.client_id, limit -> rows after that client
};

}  // namespace cardea::sql
