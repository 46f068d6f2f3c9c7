// scrypt and yescrypt hashes as crypt(5) strings: $7$…, and $y$…, which new accounts of Debian have.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// Error: password_hash_unsupported when malformed, of another flavour than $y$j, or over check_scrypt_cost.
Done check_scrypt_crypt(std::string_view hash);
Done check_yescrypt(std::string_view hash);

Result<bool> verify_scrypt_crypt(std::string_view password, std::string_view hash);
Result<bool> verify_yescrypt(std::string_view password, std::string_view hash);

}  // namespace cardea
