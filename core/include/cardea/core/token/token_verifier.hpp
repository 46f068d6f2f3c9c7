// Turns the text of a token into a VerifiedToken, or says why not.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/token/key_source.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/core/token/verified_token.hpp>
#include <memory>
#include <string_view>

namespace cardea {

// Any number of threads may use one.
class TokenVerifier {
 public:
  TokenVerifier(VerificationKeySet keys, TokenPolicy policy);
  TokenVerifier(std::shared_ptr<KeySource> keys, TokenPolicy policy);
  // Tokens under a shared secret are held to a policy of their own: those of a service that signs with a pair of keys
  // now and has not always done so.
  TokenVerifier(std::shared_ptr<KeySource> keys, TokenPolicy policy, TokenPolicy policy_for_secrets);

  // In this order: size, form, header, key, signature, claims; so nothing unsigned is ever looked at further than the
  // search for its key needs. Never blocks. Errors: each of the token_* codes.
  Result<VerifiedToken> verify(std::string_view compact, Instant now) const;

  // The same by these keys, which are the source's of this moment.
  Result<VerifiedToken> verify(std::string_view compact, Instant now, const JwsVerifier& keys) const;

  // Whether a verified token still is one at `now`, as far as time tells. Errors: token_expired, token_not_yet_valid.
  Done check_times(const VerifiedToken& token, Instant now) const;

  KeySource& keys() const noexcept { return *keys_; }

 private:
  Done read_verified(std::string_view compact, Instant now, const JwsVerifier& keys, VerifiedToken& token) const;

  const TokenPolicy& policy_for(Algorithm algorithm) const noexcept;

  std::shared_ptr<KeySource> keys_;
  TokenPolicy policy_;
  TokenPolicy policy_for_secrets_;
};

}  // namespace cardea
