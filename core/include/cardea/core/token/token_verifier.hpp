// Turns the text of a token into a VerifiedToken, or says why not.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/token/jws_verifier.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/core/token/verified_token.hpp>
#include <string_view>

namespace cardea {

// Immutable: any number of threads may use one. Never blocks.
class TokenVerifier {
 public:
  TokenVerifier(VerificationKeySet keys, TokenPolicy policy);

  // In this order: size, form, header, key, signature, claims; so nothing unsigned is ever looked at further than the
  // search for its key needs. Errors: each of the token_* codes.
  Result<VerifiedToken> verify(std::string_view compact, Instant now) const;

 private:
  Done read_verified(std::string_view compact, Instant now, Claims& claims) const;

  JwsVerifier jws_;
  TokenPolicy policy_;
};

}  // namespace cardea
