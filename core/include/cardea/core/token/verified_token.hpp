// A token whose signature and claims have been checked. Its one maker is TokenVerifier.
#pragma once

#include <cardea/core/token/claims.hpp>
#include <utility>

namespace cardea {

class VerifiedToken {
 public:
  const Claims& claims() const noexcept { return claims_; }

 private:
  friend class TokenVerifier;
  explicit VerifiedToken(Claims claims) noexcept : claims_(std::move(claims)) {}
  Claims claims_;
};

}  // namespace cardea
