// A file of keys: a JWK set or a single JWK (RFC 7517 section 5), read for verification.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/key/verification_key_set.hpp>
#include <string_view>

namespace cardea {

// Keys that cannot verify here, by their kind or by their own word, are skipped; so the set may come out empty.
// Error: key_set_unusable, for text that is no strict JSON of that form, a key that is unusable, a kid twice, and
// symmetric beside asymmetric keys. Its private text says which.
Result<VerificationKeySet> read_jwk_set(std::string_view text);

}  // namespace cardea
