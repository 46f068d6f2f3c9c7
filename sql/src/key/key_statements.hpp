// The statements on table `signing_keys`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/key/key_store.hpp>
#include <string>

namespace cardea::sql {

struct KeyRow {
  // Error: store_corrupt.
  Result<StoredKey> key() const;

  long long id = 0;
  std::string kid, algorithm, sealed;
  long long created_at = 0, signs_from = 0, longest_token = 0;
  std::string succeeds;
  long long retired_at = 0;
  soci::indicator has_retired_at = soci::i_null;
};

KeyRow row_of(const StoredKey& key);

// Each member is one statement: set its inputs, run it, read its row.
class KeyStatements {
 public:
  explicit KeyStatements(soci::session& session);

  // Inputs, shared by all.
  KeyRow key;
  std::string expected;
  long long now = 0;

  // Outputs, shared by all.
  KeyRow row;
  long long found_id = 0;

  soci::statement list;                 // -> rows in the order of addition
  soci::statement add;                  // key -> found_id; none if its kid is taken or its place
  soci::statement find_successor;       // key.succeeds -> found_id
  soci::statement find;                 // key.kid -> found_id
  soci::statement start_signing;        // now, key.kid -> found_id; none for an unknown key
  soci::statement retire;               // now, key.kid -> found_id; likewise
  soci::statement raise_longest_token;  // key.longest_token, key.kid -> found_id; likewise
  soci::statement replace_sealed;       // key.sealed, key.kid, expected -> found_id; likewise
};

}  // namespace cardea::sql
