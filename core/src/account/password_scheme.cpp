#include "account/password_scheme.hpp"

#include <algorithm>
#include <array>

#include "account/argon2.hpp"
#include "account/bcrypt.hpp"

namespace cardea {
namespace {

constexpr std::array kSchemes{
    PasswordScheme{"$argon2id$", verify_argon2}, PasswordScheme{"$argon2i$", verify_argon2},
    PasswordScheme{"$2b$", verify_bcrypt},       PasswordScheme{"$2a$", verify_bcrypt},
    PasswordScheme{"$2y$", verify_bcrypt},
};

}  // namespace

const PasswordScheme* scheme_of(std::string_view hash) noexcept {
  const auto* const found =
      std::ranges::find_if(kSchemes, [hash](const auto& scheme) { return hash.starts_with(scheme.prefix); });
  return found == kSchemes.end() ? nullptr : found;
}

}  // namespace cardea
