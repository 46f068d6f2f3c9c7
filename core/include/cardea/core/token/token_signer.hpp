// Makes tokens. The key decides `alg` and `kid`; the caller has no way to say them.
#pragma once

#include <cardea/core/key/signing_key.hpp>
#include <cardea/core/token/claims.hpp>
#include <cardea/core/token/token_type.hpp>
#include <string>

namespace cardea {

// Immutable: any number of threads may use one.
class TokenSigner {
 public:
  explicit TokenSigner(SigningKey key, TokenType type = TokenType::jwt);

  // A compact JWS. Errors: token_claims_malformed, as to_json; token_too_large, for what a verifier would refuse.
  Result<std::string> sign(const Claims& claims) const;

  const SigningKey& key() const noexcept { return key_; }
  TokenType type() const noexcept { return type_; }

 private:
  SigningKey key_;
  TokenType type_;
  std::string encoded_header_;  // with the dot after it
};

}  // namespace cardea
