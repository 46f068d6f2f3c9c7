// The curves of RFC 7518 section 6.2.1.1, one for each ECDSA algorithm.
#pragma once

#include <cardea/core/key/algorithm.hpp>
#include <cstddef>
#include <string_view>

namespace cardea {

struct Curve {
  const char* jwk_name;  // crv
  const char* openssl_name;
  std::size_t size;  // bytes of a coordinate, and of each half of a signature (RFC 7518 section 3.4)
};

// `algorithm` is one of ECDSA.
Curve curve_of(Algorithm algorithm) noexcept;

}  // namespace cardea
