// Where a page of accounts ends, as the opaque text of `next` and `cursor`.
#pragma once

#include <cardea/core/account/user_query.hpp>
#include <string>
#include <string_view>

namespace cardea::service {

std::string cursor_of(const UserPosition& position);
// Error: validation_failed.
Result<UserPosition> read_cursor(std::string_view cursor);

}  // namespace cardea::service
