// How each kind of stored hash is verified: one row a scheme, found by the text's prefix.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

struct PasswordScheme {
  std::string_view prefix;
  // Refuses with password_hash_unsupported, before any work, what is malformed or out of bounds.
  Result<bool> (*verify)(std::string_view password, std::string_view hash);
};

// Null for an unknown scheme.
const PasswordScheme* scheme_of(std::string_view hash) noexcept;

}  // namespace cardea
