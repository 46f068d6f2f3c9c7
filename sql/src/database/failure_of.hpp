// The one place where what SOCI throws becomes an Error.
#pragma once

#include <cardea/core/base/error.hpp>
#include <exception>

namespace cardea::sql {

// store_corrupt when the database says that it is damaged or none at all, conflict where a value that has to be unique
// was there already and no store expected it, else store_unavailable. The private text has the database's own message
// in one line, without the statement's values: a password hash may be among them.
Error failure_of(const std::exception& exception);

// PostgreSQL: the transaction met another one; begun again, it may well succeed.
bool is_serialisation_failure(const std::exception& exception);

// PostgreSQL: the server ends the connection, or is none that can be written to, as after a fail-over.
bool means_lost_connection(const std::exception& exception);

}  // namespace cardea::sql
