// What SOCI does not say or do of a SQLite session. These functions throw what SOCI throws.
#pragma once

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <string>

namespace cardea::sql {

soci::session open_sqlite(const DatabaseUrl& url);
// SQLite makes a write-ahead log even to read, unless it is told that nobody writes: so it is where there is none.
soci::session open_sqlite_to_read(const DatabaseUrl& url);
void set_up_sqlite(soci::session& session, const DatabaseUrl& url, std::chrono::milliseconds lock_patience);
void set_sqlite_lock_patience(soci::session& session, std::chrono::milliseconds patience);
bool in_sqlite_transaction(soci::session& session);
// The same error, with why the system refused to open, read or write a file in front, if it has.
soci::sqlite3_soci_error with_systems_answer(const soci::sqlite3_soci_error& error, soci::session& session);

// Of the database that is open; empty: in memory.
std::string write_ahead_log_of(soci::session& session);
// Whether there is another file, or none, where this one was opened.
bool has_sqlite_file_moved(soci::session& session);

}  // namespace cardea::sql
