// The `typ` of a token's header (RFC 7515 section 4.1.9, RFC 9068 section 2.1).
#pragma once

#include <string_view>

namespace cardea {

enum class TokenType : unsigned char {
  jwt,           // JWT
  access_token,  // at+jwt
};

std::string_view name_of(TokenType type) noexcept;

// Media types compare without regard to case, and `application/` may be left out.
bool is_named(TokenType type, std::string_view typ) noexcept;

}  // namespace cardea
