// Reading claims in place, for the verifier: a token's claims are moved once.
#pragma once

#include <cardea/core/token/claims.hpp>
#include <string_view>

namespace cardea {

// As parse_claims; `claims` is empty before, and of no use after an error.
Done read_claims(std::string_view text, Claims& claims);

}  // namespace cardea
