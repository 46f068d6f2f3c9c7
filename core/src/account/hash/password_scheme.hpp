// How each kind of stored hash is verified: one row a notation, found by the text's prefix.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

struct PasswordScheme {
  std::string_view prefix;
  // Error: password_hash_unsupported for what is malformed or out of bounds; its public text is the reason.
  Done (*check)(std::string_view hash);
  // Refuses the same, before any work.
  Result<bool> (*verify)(std::string_view password, std::string_view hash);
};

// Error: password_hash_unsupported for an unknown scheme, or a text that no hash is as long as.
Result<const PasswordScheme*> scheme_of(std::string_view hash);

}  // namespace cardea
