// Gives a user the short-lived token that requests carry.
#pragma once

#include <cardea/core/account/user.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace cardea {

struct AccessToken {
  std::string token;
  std::chrono::seconds expires_in{};
};

// Who the tokens are from and for; what is not set is not said.
struct TokenAddress {
  std::optional<Issuer> issuer;
  std::optional<Audience> audience;
};

class AccessTokenIssuer {
 public:
  static constexpr std::chrono::minutes kDefaultLifetime{30};

  // `lifetime` is at least one second.
  explicit AccessTokenIssuer(TokenSigner signer, std::chrono::seconds lifetime = kDefaultLifetime,
                             TokenAddress address = {})
      : signer_(std::move(signer)), lifetime_(lifetime), address_(std::move(address)) {}

  // The claims are those of the address, sub (the user name), role, iat and exp, the times in whole seconds. Errors: as
  // TokenSigner::sign.
  Result<AccessToken> issue(const User& user, Instant now) const;

 private:
  TokenSigner signer_;
  std::chrono::seconds lifetime_;
  TokenAddress address_;
};

}  // namespace cardea
