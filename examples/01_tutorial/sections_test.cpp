// The pieces of code in docs/tutorial.md that are not in the service itself, compiled and run.
#include <gtest/gtest.h>

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace {

using namespace std::chrono_literals;
using namespace cardea;

TEST(Tutorial, HashesAndVerifiesPasswords) {
  // [hash]
  const PasswordHasher hasher{HashCost{}};  // Argon2id, 19 MiB, 2 passes
  const auto hash = hasher.hash(Secret{"correct horse battery"});
  const auto matches = hasher.verify(Secret{"correct horse battery"}, hash.value());
  // [/hash]
  EXPECT_TRUE(matches.value());
  EXPECT_FALSE(hasher.verify(Secret{"wrong"}, hash.value()).value());
}

TEST(Tutorial, SignsAndVerifiesTokens) {
  const Instant now = parse_instant("2026-01-01T12:00:00Z").value();
  const User alice{UserId{1}, Username::parse("alice").value(), Role::parse("admin").value(), {}, now};
  const auto secret = Secret::copy_of("a secret of 32 bytes, from a file");
  // [token]
  const auto key = HmacKey::from_secret(secret, Algorithm::hs256).value();  // refused under 32 bytes
  const AccessTokenIssuer issuer{TokenSigner{SigningKey{key}}, 30min};
  const TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};

  const auto issued = issuer.issue(alice, now).value();             // sub, role, iat, exp
  const auto verified = verifier.verify(issued.token, now);         // a VerifiedToken: there is no other way to one
  const auto expired = verifier.verify(issued.token, now + 30min);  // the very second of exp
  // [/token]
  EXPECT_EQ(verified.value().claims().subject, "alice");
  EXPECT_EQ(expired.error().code(), ErrorCode::token_expired);
}

TEST(Tutorial, TestsARouteWithoutAToken) {
  // [override]
  web::App app;
  app.get<"/me">([](web::CurrentUser user) { return user; });

  web::TestClient client{app, web::override_with<web::CurrentUser>(web::CurrentUser{7, "carol", "user"})};
  const auto response = client.get("/me");
  // [/override]
  EXPECT_EQ(response.body, R"({"id":7,"username":"carol","role":"user"})");
}

}  // namespace
