// Gives a user or a client the short-lived token that requests carry.
#pragma once

#include <cardea/core/account/user.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/client/oauth_client.hpp>
#include <cardea/core/session/session_id.hpp>
#include <cardea/core/token/signer_source.hpp>
#include <cardea/core/token/token_policy.hpp>
#include <cardea/core/token/token_profile.hpp>
#include <chrono>
#include <memory>
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

// In each of the profiles. A token is of the one that its signer's type belongs to.
struct TokenAddresses {
  TokenAddress tutorial;
  TokenAddress rfc9068;  // has both
};

class AccessTokenIssuer {
 public:
  static constexpr std::chrono::minutes kDefaultLifetime{30};
  // The client_id of a token that a user gets by logging in here and not through a client of its own (RFC 9068
  // section 2.2).
  static constexpr std::string_view kFirstPartyClient = "cardea";

  // `lifetime` is at least one second.
  explicit AccessTokenIssuer(TokenSigner signer, std::chrono::seconds lifetime = kDefaultLifetime,
                             const TokenAddress& address = {})
      : AccessTokenIssuer(std::make_shared<FixedSigner>(std::move(signer)), lifetime, {address, address}) {}
  AccessTokenIssuer(std::shared_ptr<const SignerSource> signers, std::chrono::seconds lifetime,
                    TokenAddresses addresses)
      : signers_(std::move(signers)), lifetime_(lifetime), addresses_(std::move(addresses)) {}

  // The claims are those of the profile and the address, sub being the user name, the times in whole seconds; `scope`
  // is said unless it is empty (RFC 8693 section 4.2). Errors: as TokenSigner::sign; internal_error if no key signs.
  Result<AccessToken> issue(const User& user, Instant now, std::string_view scope = {}) const;
  // The same, of a session: `sid` names it (OpenID Connect Front-Channel Logout 1.0, section 3).
  Result<AccessToken> issue(const User& user, const SessionId& session, Instant now) const;

  std::chrono::seconds lifetime() const noexcept { return lifetime_; }

  // A client's own (RFC 6749 section 4.4): sub and client_id are both its id (RFC 9068 section 2.2), in either profile,
  // and there is no role. `scope` is granted already. Errors: as above.
  Result<AccessToken> issue_for_client(const OAuthClient& client, Instant now, std::string_view scope) const;

 private:
  Claims claims_of(std::string_view subject, Instant now, TokenProfile profile) const;
  // `add` may say more in the claims.
  template <class Add>
  Result<AccessToken> issue_with(std::string_view subject, Instant now, Add add) const;

  std::shared_ptr<const SignerSource> signers_;
  std::chrono::seconds lifetime_;
  TokenAddresses addresses_;
};

}  // namespace cardea
