// A program of cardea::core alone: an account's password, and a token for who knows it.
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/key/hmac_key.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <iostream>

using namespace cardea;

int main() {
  const auto password = Secret::copy_of("violet harbour ninety-one");
  PasswordPolicy{}.check(password, Username::parse("alice").value()).value();
  const PasswordHasher hasher;
  if (!hasher.verify(password, hasher.hash(password).value()).value()) return 1;

  const auto now = SystemClock{}.now();
  const auto key = HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  Claims claims;
  claims.subject = "alice";
  claims.expires_at = now + std::chrono::minutes{30};
  const auto token = TokenSigner{SigningKey{key}}.sign(claims).value();
  const TokenVerifier verifier(VerificationKey{key}, TokenPolicy::tutorial());
  std::cout << verifier.verify(token, now).value().claims().subject.value() << '\n';
}
