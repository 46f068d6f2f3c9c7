// The one place where what SOCI throws becomes an Error.
#pragma once

#include <cardea/core/base/error.hpp>
#include <exception>

namespace cardea::sql {

// store_corrupt when the database says that it is damaged or none at all, else store_unavailable. The private text
// has the database's own message without the statement's values: a password hash may be among them.
Error failure_of(const std::exception& exception);

}  // namespace cardea::sql
