#include <gtest/gtest.h>

#include <cardea/core/key/jwk_set.hpp>

#include "key/rfc_vectors.hpp"
#include "token/signed_text.hpp"

namespace cardea {
namespace {

// 32, 48 and 64 bytes; the last is RFC 7515 appendix A.1's.
constexpr std::string_view k32 = "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg";
constexpr std::string_view k48 = "c2VjcmV0LW9mLWZvcnR5LWVpZ2h0LWJ5dGVzLXNlY3JldC1vZi1mb3J0eS1laWdo";
constexpr std::string_view k64 =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

constexpr std::string_view kRsaKey = test::kThumbprintKey;
constexpr std::string_view kEcKey = test::kRfcVectors[5].jwk;
constexpr std::string_view kOkpKey = test::kRfcVectors[6].jwk;

// `more` are members with a comma after each.
std::string oct(std::string_view more, std::string_view k = k32) {
  return R"({"kty":"oct",)" + std::string(more) + R"("k":")" + std::string(k) + "\"}";
}

std::string set_of(std::initializer_list<std::string_view> keys) {
  std::string text = R"({"keys":[)";
  for (const auto key : keys) {
    if (text.back() != '[') text += ',';
    text += key;
  }
  return text + "]}";
}

std::vector<Algorithm> algorithms_of(const VerificationKeySet& keys) {
  std::vector<Algorithm> algorithms;
  for (const auto& key : keys.keys()) algorithms.push_back(key.algorithm());
  return algorithms;
}

bool refuses(std::string_view text) {
  const auto keys = read_jwk_set(text);
  return !keys && keys.error().code() == ErrorCode::key_set_unusable;
}

bool skips(std::string_view text) { return read_jwk_set(text).value().empty(); }

TEST(JwkSet, ReadsASingleKeyAndASetAlike) {
  for (const auto& text : {oct(R"("kid":"a","alg":"HS256",)"), set_of({oct(R"("kid":"a","alg":"HS256",)")})}) {
    const auto keys = read_jwk_set(text).value();
    ASSERT_EQ(keys.keys().size(), 1U);
    EXPECT_EQ(keys.keys()[0].id().text(), "a");
    EXPECT_EQ(keys.keys()[0].algorithm(), Algorithm::hs256);
    EXPECT_TRUE(keys.keys()[0].verifies("m", test::hmac(EVP_sha256(), from_base64url(k32).value(), "m")));
  }
}

TEST(JwkSet, IgnoresMembersThatItDoesNotKnow) {
  EXPECT_FALSE(skips(oct(R"("kid":"a","x":{"y":[1]},"x5t":"AA","nbf":1,)")));
  EXPECT_FALSE(skips(R"({"x":1,"keys":[)" + oct("") + "]}"));
}

TEST(JwkSet, MakesAKeyWithoutAnAlgorithmGoodForEveryOneItIsLongEnoughFor) {
  using enum Algorithm;
  EXPECT_EQ(algorithms_of(read_jwk_set(oct("")).value()), (std::vector{hs256}));
  EXPECT_EQ(algorithms_of(read_jwk_set(oct("", k48)).value()), (std::vector{hs256, hs384}));
  EXPECT_EQ(algorithms_of(read_jwk_set(oct("", k64)).value()), (std::vector{hs256, hs384, hs512}));
  EXPECT_EQ(algorithms_of(read_jwk_set(oct(R"("alg":"HS384",)", k64)).value()), (std::vector{hs384}));
}

TEST(JwkSet, RefusesASecretThatIsTooShort) {
  const auto k31 = to_base64url(std::string(31, 's'));
  for (const auto& key : {oct("", k31), oct(R"("alg":"HS256",)", k31), oct(R"("alg":"HS384",)", k32),
                          oct(R"("alg":"HS512",)", k48), oct("", "")}) {
    EXPECT_TRUE(refuses(key)) << key;
    EXPECT_TRUE(refuses(set_of({oct(""), key}))) << key;
  }
}

TEST(JwkSet, SkipsKeysThatAreNotForVerifyingByTheirOwnWord) {
  for (const auto* word : {R"("use":"enc",)", R"("use":"Sig",)", R"("key_ops":["sign"],)", R"("key_ops":["encrypt"],)",
                           R"("key_ops":["wrapKey","unwrapKey"],"use":"enc",)", R"("alg":"A128KW",)", R"("alg":"dir",)",
                           R"("alg":"hs256",)", R"("alg":"HS1",)"}) {
    EXPECT_TRUE(skips(oct(word))) << word;
    EXPECT_EQ(read_jwk_set(set_of({oct(word), oct(R"("kid":"b",)")})).value().keys().size(), 1U) << word;
  }
  for (const auto* word : {R"("use":"sig",)", R"("key_ops":["verify"],)", R"("key_ops":["sign","verify"],)",
                           R"("use":"sig","key_ops":["verify"],)"}) {
    EXPECT_FALSE(skips(oct(word))) << word;
  }
}

TEST(JwkSet, RefusesKeysThatContradictThemselves) {
  for (const auto* word :
       {R"("use":"enc","key_ops":["verify"],)", R"("use":"sig","key_ops":["encrypt"],)",
        R"("use":"sig","key_ops":["verify","encrypt"],)", R"("key_ops":["verify","verify"],)", R"("key_ops":[],)",
        R"("key_ops":"verify",)", R"("key_ops":[1],)", R"("key_ops":null,)", R"("use":1,)", R"("use":null,)",
        R"("alg":1,)", R"("alg":"RS256",)", R"("alg":"ES256",)", R"("alg":"PS512",)", R"("alg":"EdDSA",)",
        R"("alg":"none",)", R"("kid":1,)", R"("kid":null,)"}) {
    EXPECT_TRUE(refuses(oct(word))) << word;
    EXPECT_TRUE(refuses(set_of({oct(""), oct(word)}))) << word;
  }
}

TEST(JwkSet, RefusesMalformedKeys) {
  for (const auto* key : {R"({})", R"({"k":"AA"})", R"({"kty":1})", R"({"kty":null,"k":"AA"})", R"({"kty":"oct"})",
                          R"({"kty":"oct","k":1})", R"({"kty":"oct","k":["AA"]})", "1", "[]", "null", "\"oct\""}) {
    EXPECT_TRUE(refuses(set_of({key}))) << key;
  }
  for (const auto* k : {"=", "+", " ", "\\n"}) {
    EXPECT_TRUE(refuses(oct("", std::string(k32) + k))) << k;
  }
  EXPECT_TRUE(refuses(oct("", std::string(k32.substr(0, k32.size() - 1)) + "h")));  // a spare bit is set
}

TEST(JwkSet, RefusesAnotherKindOfKeyInsideASecret) {
  EXPECT_TRUE(refuses(oct("", "MCowBQYDK2VwAyEAVlCdRH1AqurX9bYg1f-AUooU9Vx_lnEXihh7PLupKWs")));
  EXPECT_TRUE(refuses(oct("", to_base64url("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2Vw\n-----END PUBLIC KEY-----"))));
}

TEST(JwkSet, RefusesWhatIsNoStrictJsonObject) {
  for (const auto& text :
       {std::string(), std::string("[]"), "[" + oct("") + "]", oct("") + "x", oct("") + oct(""),
        "\xEF\xBB\xBF" + oct(""), oct(R"("kty":"oct",)"), oct(R"("k":"AA",)"), oct("\"kid\":\"\xFF\","),
        std::string(R"({"keys":{}})"), std::string(R"({"keys":null})"), R"({"keys":[],"keys":[)" + oct("") + "]}",
        std::string("-----BEGIN PUBLIC KEY-----"), R"({"x":)" + std::string(8, '[') + std::string(8, ']') + "}",
        std::string(1024 * 1024, ' ') + oct("")}) {
    EXPECT_TRUE(refuses(text)) << text.substr(0, 100);
  }
}

TEST(JwkSet, SkipsKeysOfUnknownKinds) {
  for (const std::string_view key :
       {R"({"kty":"AKP","kid":"p","alg":"ML-DSA-44","pub":"AA"})", R"({"kty":"Oct"})", R"({"kty":"","kid":1})"}) {
    EXPECT_TRUE(skips(key)) << key;
    EXPECT_EQ(read_jwk_set(set_of({key, oct("")})).value().keys().size(), 1U) << key;
  }
  EXPECT_TRUE(skips(set_of({})));
}

TEST(JwkSet, RefusesAKeyIdThatIsThereTwice) {
  EXPECT_TRUE(refuses(set_of({oct(R"("kid":"a",)"), oct(R"("kid":"a",)", k64)})));
  EXPECT_TRUE(refuses(set_of({oct(R"("kid":"a","alg":"HS256",)"), oct(R"("kid":"a","alg":"HS512",)", k64)})));
  EXPECT_TRUE(refuses(set_of({oct(R"("kid":"a",)"), oct(R"("kid":"a","use":"enc",)", k64)})));
  EXPECT_TRUE(refuses(set_of({oct(R"("kid":"a",)"), oct(R"("kid":"\u0061",)", k64)})));
  EXPECT_TRUE(refuses(set_of({oct(""), oct("")})));
  EXPECT_EQ(read_jwk_set(set_of({oct(R"("kid":"a",)"), oct(R"("kid":"A",)"), oct("")})).value().keys().size(), 3U);
}

TEST(JwkSet, RefusesSymmetricBesideAsymmetricKeys) {
  for (const auto key : {kRsaKey, kEcKey, kOkpKey}) {
    EXPECT_EQ(read_jwk_set(set_of({key}))->keys().size(), 1U) << key;
    EXPECT_TRUE(refuses(set_of({key, oct("")}))) << key;
    EXPECT_TRUE(refuses(set_of({oct(""), key}))) << key;
    EXPECT_TRUE(refuses(set_of({oct(R"("use":"enc",)"), key}))) << key;
  }
  EXPECT_EQ(read_jwk_set(set_of({kRsaKey, kEcKey, kOkpKey}))->keys().size(), 3U);
}

// An asymmetric key with other members; `more` are members with a comma after each.
std::string with(std::string_view key, std::string_view more) {
  return "{" + std::string(more) + std::string(key.substr(1));
}

TEST(JwkSet, UsesAnAsymmetricKeyForItsAlgOrForAllThatItsKindServes) {
  const auto rsa = test::kRfcVectors[0].jwk, p256 = test::kRfcVectors[1].jwk, p521 = test::kRfcVectors[2].jwk;
  EXPECT_EQ(algorithms_of(read_jwk_set(rsa).value()),
            (std::vector{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384,
                         Algorithm::ps512}));
  EXPECT_EQ(algorithms_of(read_jwk_set(with(rsa, R"("alg":"PS384",)")).value()), std::vector{Algorithm::ps384});
  EXPECT_EQ(algorithms_of(read_jwk_set(p256).value()), std::vector{Algorithm::es256});
  EXPECT_EQ(algorithms_of(read_jwk_set(p521).value()), std::vector{Algorithm::es512});
  EXPECT_EQ(algorithms_of(read_jwk_set(kOkpKey).value()), std::vector{Algorithm::eddsa});
}

TEST(JwkSet, RefusesAnAlgThatIsNotOfTheKeysKindOrCurve) {
  const auto rsa = test::kRfcVectors[0].jwk, p256 = test::kRfcVectors[1].jwk;
  for (const auto alg : {"HS256", "ES256", "EdDSA", "none"}) {
    EXPECT_TRUE(refuses(with(rsa, R"("alg":")" + std::string(alg) + "\","))) << alg;
  }
  for (const auto alg : {"HS256", "RS256", "ES384", "ES512", "EdDSA", "none"}) {
    EXPECT_TRUE(refuses(with(p256, R"("alg":")" + std::string(alg) + "\","))) << alg;
  }
  for (const auto alg : {"HS256", "RS256", "ES256", "none"}) {
    EXPECT_TRUE(refuses(with(kOkpKey, R"("alg":")" + std::string(alg) + "\","))) << alg;
  }
}

TEST(JwkSet, SkipsAsymmetricKeysThatAreNotForVerifyingOrOfAnotherCurve) {
  const auto rsa = test::kRfcVectors[0].jwk, p256 = test::kRfcVectors[1].jwk;
  EXPECT_TRUE(skips(with(rsa, R"("use":"enc",)")));
  EXPECT_TRUE(skips(with(rsa, R"("key_ops":["sign"],)")));
  EXPECT_TRUE(skips(with(rsa, R"("alg":"RSA-OAEP-256",)")));
  EXPECT_TRUE(skips(with(p256, R"("alg":"ECDH-ES",)")));
  EXPECT_FALSE(skips(with(p256, R"("key_ops":["verify"],)")));
  EXPECT_TRUE(skips(R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"})"));
  EXPECT_TRUE(skips(R"({"kty":"OKP","crv":"X25519","x":"AA"})"));
  EXPECT_TRUE(skips(R"({"kty":"OKP","crv":"Ed448","x":"AA"})"));
}

TEST(JwkSet, RefusesAnUnusableKeyAmongGoodOnes) {
  EXPECT_TRUE(refuses(set_of({kRsaKey, R"({"kty":"EC","kid":"e","crv":"P-256","x":"AA","y":"AA"})"})));
  EXPECT_TRUE(refuses(set_of({kEcKey, R"({"kty":"RSA","kid":"r","n":"sIlnitPUSDQG","e":"AQAB"})"})));
}

TEST(JwkSet, CountsTheCharactersOfAKeyIdExactly) {
  EXPECT_FALSE(skips(oct(R"("kid":")" + std::string(128, 'k') + "\",")));
  EXPECT_TRUE(refuses(oct(R"("kid":")" + std::string(129, 'k') + "\",")));
}

TEST(JwkSet, NeverRepeatsASecretInItsError) {
  const std::string secret = "aHVudGVyMg";
  for (const auto& text : {oct("", secret), oct("", secret + "="), oct("", secret) + secret}) {
    const auto keys = read_jwk_set(text);
    ASSERT_FALSE(keys);
    EXPECT_FALSE(keys.error().private_text().empty());
    EXPECT_FALSE(keys.error().private_text().contains(secret));
    EXPECT_FALSE(keys.error().private_text().contains("hunter2"));
  }
}

}  // namespace
}  // namespace cardea
