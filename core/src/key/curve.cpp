#include "key/curve.hpp"

#include <openssl/obj_mac.h>

#include <utility>

namespace cardea {

Curve curve_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::es256: return {"P-256", SN_X9_62_prime256v1, 32};
    case Algorithm::es384: return {"P-384", SN_secp384r1, 48};
    case Algorithm::es512: return {"P-521", SN_secp521r1, 66};
    default: std::unreachable();
  }
}

}  // namespace cardea
