// bcrypt hashes as crypt(5) strings: $2b$12$ and 53 characters.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// Error: password_hash_unsupported when malformed or of a cost outside 4 to 14.
Done check_bcrypt(std::string_view hash);

// Reads the password's first 72 bytes; false for one with a NUL. Error: that of check_bcrypt, before any work.
Result<bool> verify_bcrypt(std::string_view password, std::string_view hash);

}  // namespace cardea
