// bcrypt hashes as crypt(5) strings: $2b$12$ and 53 characters.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// Reads the password's first 72 bytes; false for one with a NUL.
// Error: password_hash_unsupported when malformed or of a cost outside 4 to 14.
Result<bool> verify_bcrypt(std::string_view password, std::string_view hash);

}  // namespace cardea
