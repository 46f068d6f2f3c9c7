// What SOCI does not say or do of a PostgreSQL session. Functions that are not noexcept throw what SOCI throws.
#pragma once

#include <soci/soci.h>

#include <cardea/sql/database/database.hpp>
#include <string>

namespace cardea::sql {

soci::session open_postgresql(const DatabaseUrl& url);
// Bounds what the server may take for one statement, and leaves values out of its error messages.
void set_up_postgresql(soci::session& session, const DatabaseOptions& options);

// Says goodbye. Statements that end later have nobody to ask: each would wait for an answer, of a server that may give
// none.
void end_postgresql_session(soci::session& session) noexcept;

int socket_of(soci::session& session) noexcept;

// What the connection itself knows.
struct PostgresqlFacts {
  std::string version;
  bool is_encrypted = false;
  bool is_local = false;  // a Unix socket, or an address of loopback
};
PostgresqlFacts facts_of_postgresql(soci::session& session);

bool in_postgresql_transaction(soci::session& session) noexcept;
bool is_postgresql_session_over(soci::session& session) noexcept;

// Statements without parameters or answer.
void run_on_postgresql(soci::session& session, const std::string& statements);
// Throws, too, where the server has undone the transaction instead.
void commit_on_postgresql(soci::session& session);

}  // namespace cardea::sql
