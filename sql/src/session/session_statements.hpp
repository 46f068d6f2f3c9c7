// The statements on table `sessions`, prepared once a connection, and the variables that they are bound to.
#pragma once

#include <soci/soci.h>

#include <cardea/core/session/session_store.hpp>
#include <string>

namespace cardea::sql {

struct SessionRow {
  // Error: store_corrupt.
  Result<Session> session() const;

  std::string id;
  long long user_id = 0, created_at = 0, last_used_at = 0;
  std::string address, user_agent;
  long long access_ends_at = 0;
  std::string handle_digest, secret_digest;
  long long generation = 0;
  std::string successions;
  long long ended_at = 0;
  soci::indicator has_ended_at = soci::i_null;
  std::string end_reason;
};

SessionRow row_of(const Session& session);

// Each member is one statement: set its inputs, run it, read its row.
class SessionStatements {
 public:
  explicit SessionStatements(soci::session& session);

  // Inputs, shared by all.
  SessionRow input;
  std::string but;  // an id, or ''
  long long now = 0, used_before = 0, made_before = 0, end_number = 0, limit = 0;

  // Outputs, shared by all.
  SessionRow row;
  long long number = 0;

  soci::statement add;             // input -> row.id; none if its id or its handle is taken
  soci::statement find;            // input.id -> row
  soci::statement find_by_handle;  // input.handle_digest -> row
  soci::statement refresh;         // input -> row.id; none if it has ended or is of another generation
  soci::statement list;            // input.user_id -> rows
  soci::statement count_end;       // -> number: of the next end
  soci::statement last_end;        // -> number: of the last one
  // input.{id, user_id, ended_at, end_reason}, end_number -> row.{id, user_id, access_ends_at}
  soci::statement end;
  soci::statement end_all;     // the same of all of a user's but `but`
  soci::statement ends_after;  // end_number, now -> rows of the same
  soci::statement prune;       // now, used_before, made_before, limit -> row.id of each
};

}  // namespace cardea::sql
