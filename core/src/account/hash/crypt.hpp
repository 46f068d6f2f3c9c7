// The hashes that crypt(3) verifies: crypt(5) strings.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// By libxcrypt's crypt_r. The costs of `hash` have been bounded by the caller. False for a password that crypt cannot
// read: with a NUL, or over 511 bytes. Errors: password_hash_unsupported when crypt refuses the hash;
// service_unavailable when there is no memory for it.
Result<bool> verify_by_crypt(std::string_view password, std::string_view hash);

}  // namespace cardea
