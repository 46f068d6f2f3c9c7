// The header that TokenSigner writes, so that verifiers know it when they see it.
#pragma once

#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/token/token_type.hpp>
#include <string>

namespace cardea {

// base64url of {"alg":…,"kid":…,"typ":…}; without a kid, base64url of {"alg":…,"typ":…} as most other programs write
// it.
std::string encoded_jws_header(Algorithm algorithm, const KeyId* id, TokenType type);

}  // namespace cardea
