// Whether a genuine token has been taken back before its time.
#pragma once

#include <cardea/core/token/verified_token.hpp>

namespace cardea {

// Thread-safe. Asked for every request, and never blocks.
class TokenRevocations {
 public:
  virtual ~TokenRevocations() = default;
  virtual bool is_revoked(const VerifiedToken& token) const noexcept = 0;
};

}  // namespace cardea
