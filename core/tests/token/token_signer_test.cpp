#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/unchecked_jws.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

Claims claims_of_alice() {
  Claims claims;
  claims.subject = "alice";
  claims.expires_at = test::kNoon;
  return claims;
}

constexpr std::string_view kClaimsOfAlice = R"({"sub":"alice","exp":1767268800})";

TEST(TokenSigner, TakesAlgorithmAndNameFromItsKey) {
  for (const auto algorithm : {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512}) {
    const std::string secret(64, 's');
    const auto key = test::key_of(secret, algorithm);
    const auto header = R"({"alg":")" + std::string(name_of(algorithm)) + R"(","kid":")" +
                        std::string(key.id().text()) + R"(","typ":"JWT"})";
    const auto input = to_base64url(header) + '.' + to_base64url(kClaimsOfAlice);
    const auto* hash = algorithm == Algorithm::hs256   ? EVP_sha256()
                       : algorithm == Algorithm::hs384 ? EVP_sha384()
                                                       : EVP_sha512();
    EXPECT_EQ(TokenSigner{SigningKey{key}}.sign(claims_of_alice()).value(),
              input + '.' + to_base64url(test::hmac(hash, secret, input)));
  }
}

TEST(TokenSigner, NamesTheTypeThatItIsMadeFor) {
  const TokenSigner signer{SigningKey{test::key_of()}, TokenType::access_token};
  JwsBuffer buffer;
  const auto token = signer.sign(claims_of_alice()).value();
  EXPECT_EQ(UncheckedJws::parse(token, buffer)->header().type, "at+jwt");
}

TEST(TokenSigner, WritesAnyKeyIdSoThatItIsReadBack) {
  std::string longest;
  for (int i = 0; i < 128; ++i) longest += '\x01';  // the longest in JSON
  for (const std::string& id : {std::string(), std::string("a\"b\\c\n"), std::string("\u00E9"), longest}) {
    const auto key = HmacKey::from_secret(Secret{std::string(32, 's')}, Algorithm::hs256, KeyId::parse(id).value());
    const auto token = TokenSigner{SigningKey{key.value()}}.sign(claims_of_alice()).value();
    JwsBuffer buffer;
    const auto jws = UncheckedJws::parse(token, buffer);
    ASSERT_TRUE(jws);
    EXPECT_EQ(jws->header().key_id, id);
  }
}

TEST(TokenSigner, RefusesClaimsThatNobodyWouldRead) {
  auto claims = claims_of_alice();
  claims.subject = "\xFF";
  EXPECT_EQ(TokenSigner{SigningKey{test::key_of()}}.sign(claims).error().code(), ErrorCode::token_claims_malformed);
}

TEST(TokenSigner, MakesNoTokenThatIsTooLargeToBeRead) {
  const TokenSigner signer{SigningKey{test::key_of()}};
  std::size_t largest = 0;
  for (std::size_t size = 5'900; size < 6'200; ++size) {
    auto claims = claims_of_alice();
    claims.subject = std::string(size, 'a');
    const auto token = signer.sign(claims);
    if (token) {
      largest = std::max(largest, token->size());
    } else {
      EXPECT_EQ(token.error().code(), ErrorCode::token_too_large);
    }
  }
  EXPECT_GT(largest, kLargestToken - 3);
  EXPECT_LE(largest, kLargestToken);
}

}  // namespace
}  // namespace cardea
