#include <gtest/gtest.h>

#include <cardea/core/key/private_key.hpp>

#include "key/asymmetric_keys.hpp"
#include "key/rfc_vectors.hpp"

namespace cardea {
namespace {

using test::json_object;
using test::pair_for;

bool refuses(const Result<PrivateKey>& key) { return !key && key.error().code() == ErrorCode::key_unusable; }

std::string why(const Result<PrivateKey>& key) { return std::string(key.error().private_text()); }

std::string sign(const PrivateKey& key, std::string_view message) { return std::string(key.sign(message)->view()); }

TEST(PrivateKey, SignsAsTheExamplesOfTheRfcsDo) {
  // The two algorithms whose signatures are the same each time.
  const auto rsa = PrivateKey::from_jwk(json_object(test::kCookbookRsaPrivate), Algorithm::rs256).value();
  const auto ed25519 = PrivateKey::from_jwk(json_object(test::kEd25519Private), Algorithm::eddsa).value();
  for (const auto& [source, jwk, compact] : test::kRfcVectors) {
    const auto last = compact.rfind('.');
    const auto input = compact.substr(0, last), signature = compact.substr(last + 1);
    if (source == "RFC 7520 sections 3.3 and 4.1") {
      EXPECT_EQ(to_base64url(sign(rsa, input)), signature);
    }
    if (source == "RFC 8037 appendices A.2 and A.4") {
      EXPECT_EQ(to_base64url(sign(ed25519, input)), signature);
    }
  }
}

TEST(PrivateKey, ReadsThePrivateKeysOfTheRfcs) {
  EXPECT_TRUE(PrivateKey::from_jwk(json_object(test::kCookbookEcPrivate), Algorithm::es512));
  for (const auto algorithm :
       {Algorithm::rs256, Algorithm::rs384, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512}) {
    EXPECT_TRUE(PrivateKey::from_jwk(json_object(test::kCookbookRsaPrivate), algorithm)) << name_of(algorithm);
  }
}

TEST(PrivateKey, MakesSignaturesOfTheOneLengthThatTheAlgorithmHas) {
  for (const auto& [algorithm, size] : {std::pair{Algorithm::rs256, 256U},
                                        {Algorithm::ps512, 256U},
                                        {Algorithm::es256, 64U},
                                        {Algorithm::es384, 96U},
                                        {Algorithm::es512, 132U},
                                        {Algorithm::eddsa, 64U}}) {
    for (int i = 0; i < 50; ++i) EXPECT_EQ(sign(pair_for(algorithm), std::to_string(i)).size(), size);
  }
}

TEST(PrivateKey, ReadsBackWhatItWritesInEveryForm) {
  const Secret passphrase{std::string("correct horse battery staple")};
  for (const auto algorithm : test::algorithms_where(false)) {
    const auto& key = pair_for(algorithm);
    const auto encrypted = key.to_encrypted_pem(passphrase).value();
    for (const auto& again : {PrivateKey::from_pem(key.to_pem().expose(), algorithm),
                              PrivateKey::from_pem(encrypted.expose(), algorithm, passphrase),
                              PrivateKey::from_der(key.to_der(), algorithm),
                              PrivateKey::from_jwk(json_object(key.to_jwk().expose()), algorithm)}) {
      ASSERT_TRUE(again) << name_of(algorithm);
      EXPECT_EQ(again->id(), key.id());
      EXPECT_TRUE(key.public_key().verifies("m", sign(*again, "m"))) << name_of(algorithm);
    }
  }
}

TEST(PrivateKey, OpensAnEncryptedPemWithItsPassphraseOnly) {
  const auto pem = pair_for(Algorithm::es256).to_encrypted_pem(Secret{std::string("right")}).value();
  EXPECT_TRUE(pem.expose().contains("BEGIN ENCRYPTED PRIVATE KEY"));
  EXPECT_TRUE(why(PrivateKey::from_pem(pem.expose(), Algorithm::es256)).contains("no passphrase"));
  EXPECT_TRUE(why(PrivateKey::from_pem(pem.expose(), Algorithm::es256, Secret{std::string("wrong")}))
                  .contains("does not open"));
  EXPECT_FALSE(pair_for(Algorithm::es256).to_encrypted_pem(Secret{}));
}

// openssl ecparam -name prime256v1 -genkey -noout, with OpenSSL 3.0.
constexpr std::string_view kOlderPem = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIDypr1bFS+Uxh9dM7QEgumFAM9i8KlfhtuVHfUUE3wjAoAoGCCqGSM49
AwEHoUQDQgAEGRfgGm0M+TMeymeQM7dKQ/VTCJ8NYkiMMo8hG9GOsHxRdxD3qm2u
g8iB49g+lS8nTyOEKF5jCdG4JA0xQEt0Pg==
-----END EC PRIVATE KEY-----
)";

TEST(PrivateKey, SaysWhatAnotherPemIsAndHowToConvertIt) {
  EXPECT_TRUE(why(PrivateKey::from_pem(kOlderPem, Algorithm::es256)).contains("openssl pkcs8 -topk8"));
  const auto public_pem = pair_for(Algorithm::es256).public_key().to_pem();
  EXPECT_TRUE(why(PrivateKey::from_pem(public_pem, Algorithm::es256)).contains("PUBLIC KEY, not PRIVATE KEY"));
  EXPECT_TRUE(refuses(PrivateKey::from_pem("", Algorithm::es256)));
}

TEST(PrivateKey, RefusesAByteBehindTheKey) {
  const auto der = pair_for(Algorithm::es256).to_der();
  EXPECT_TRUE(refuses(PrivateKey::from_der(Secret{std::string(der.expose()) + '\0'}, Algorithm::es256)));
}

TEST(PrivateKey, RefusesHalvesThatDoNotBelongTogether) {
  for (const auto algorithm : {Algorithm::es256, Algorithm::es384, Algorithm::es512, Algorithm::eddsa}) {
    auto jwk = json_object(pair_for(algorithm).to_jwk().expose());
    const auto other = json_object(PrivateKey::generate(algorithm)->to_jwk().expose());
    jwk["d"] = other.at("d");
    EXPECT_TRUE(refuses(PrivateKey::from_jwk(jwk, algorithm))) << name_of(algorithm);
  }
  auto rsa = json_object(test::kCookbookRsaPrivate);
  rsa["n"] = json_object(test::kThumbprintKey).at("n");
  EXPECT_TRUE(refuses(PrivateKey::from_jwk(rsa, Algorithm::rs256)));
}

TEST(PrivateKey, RefusesAJwkWithoutItsPrivateMembers) {
  for (const auto algorithm : test::algorithms_where(false)) {
    EXPECT_TRUE(refuses(PrivateKey::from_jwk(pair_for(algorithm).public_key().to_jwk(), algorithm)));
  }
  auto three_primes = json_object(test::kCookbookRsaPrivate);
  three_primes["oth"] = boost::json::array{};
  EXPECT_TRUE(refuses(PrivateKey::from_jwk(three_primes, Algorithm::rs256)));
  auto half = json_object(test::kCookbookRsaPrivate);
  half.erase("qi");
  EXPECT_TRUE(refuses(PrivateKey::from_jwk(half, Algorithm::rs256)));
}

TEST(PrivateKey, ReadsAnRsaKeyThatHasItsExponentAlone) {
  auto jwk = json_object(test::kCookbookRsaPrivate);
  for (const auto* member : {"p", "q", "dp", "dq", "qi"}) jwk.erase(member);
  EXPECT_TRUE(PrivateKey::from_jwk(jwk, Algorithm::rs256));
}

TEST(PrivateKey, IsNotMadeForASharedSecretOrInAnotherSize) {
  EXPECT_TRUE(refuses(PrivateKey::generate(Algorithm::hs256)));
  for (const unsigned bits : {0U, 1024U, 2047U, 2049U, 8448U, 16384U}) {
    EXPECT_TRUE(refuses(PrivateKey::generate(Algorithm::rs256, bits))) << bits;
  }
}

TEST(PrivateKey, IsNewEachTime) {
  for (const auto algorithm : {Algorithm::es256, Algorithm::eddsa}) {
    EXPECT_NE(PrivateKey::generate(algorithm)->id(), PrivateKey::generate(algorithm)->id());
  }
}

}  // namespace
}  // namespace cardea
