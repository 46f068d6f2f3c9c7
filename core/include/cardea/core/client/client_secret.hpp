// What the secret of a confidential client looks like: 256 random bits, which are shown once and kept as their digest.
#pragma once

#include <cardea/core/token/opaque_token.hpp>

namespace cardea {

inline constexpr OpaqueToken kClientSecret{"cardea_cs_", 32};

}  // namespace cardea
