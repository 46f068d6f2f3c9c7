// What an access token looks like: which claims it has, and what its header calls it.
#pragma once

#include <cardea/core/token/token_type.hpp>
#include <string_view>

namespace cardea {

enum class TokenProfile : unsigned char {
  tutorial,  // sub, role, iat, exp and what is configured; typ JWT
  rfc9068,   // RFC 9068: iss, aud, exp, sub, client_id, iat, jti, and scope where there is one; typ at+jwt
};

std::string_view name_of(TokenProfile profile) noexcept;
TokenType token_type_of(TokenProfile profile) noexcept;
TokenProfile profile_of(TokenType type) noexcept;

}  // namespace cardea
