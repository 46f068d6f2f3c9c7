// sha512-crypt hashes, as in /etc/shadow: $6$salt$hash and $6$rounds=656000$salt$hash.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// Error: password_hash_unsupported when malformed or outside 1,000 to 1,000,000 rounds.
Done check_sha512_crypt(std::string_view hash);
Result<bool> verify_sha512_crypt(std::string_view password, std::string_view hash);

}  // namespace cardea
