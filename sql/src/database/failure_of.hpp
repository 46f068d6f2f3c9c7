// The one place where what SOCI throws becomes an Error.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/sql/database/database_url.hpp>
#include <exception>

namespace cardea::sql {

class Connection;

// store_corrupt when the database says that it is damaged or none at all, conflict where a value that has to be unique
// was there already and no store expected it, else store_unavailable. The private text names the database, and has its
// own message in one line, without the statement's values: a password hash may be among them.
Error failure_of(const std::exception& exception, const DatabaseUrl& url);
// SQLite: with the system's answer, too, where a file could not be read or written.
Error failure_of(const std::exception& exception, Connection& connection);

// PostgreSQL: the transaction met another one; begun again, it may well succeed.
bool is_serialisation_failure(const std::exception& exception);

// PostgreSQL: the server ends the connection, or is none that can be written to, as after a fail-over.
bool means_lost_connection(const std::exception& exception);

}  // namespace cardea::sql
