// A token whose signature and claims have been checked. Its one maker is TokenVerifier.
#pragma once

#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/token/claims.hpp>
#include <memory>

namespace cardea {

class VerifiedToken {
 public:
  const Claims& claims() const noexcept { return claims_; }

 private:
  friend class TokenVerifier;
  VerifiedToken() = default;
  Claims claims_;
  Algorithm algorithm_{};
};

// One that several hold, a cache among them; never null.
using SharedToken = std::shared_ptr<const VerifiedToken>;

}  // namespace cardea
