#include <gtest/gtest.h>

#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/key/public_key.hpp>
#include <cardea/core/token/jws_verifier.hpp>

#include "key/asymmetric_keys.hpp"
#include "key/rfc_vectors.hpp"

namespace cardea {
namespace {

using test::json_object;
using test::pair_for;

constexpr std::string_view kMessage = "message";

std::string signature_of(Algorithm algorithm) { return std::string(pair_for(algorithm).sign(kMessage)->view()); }

const PublicKey& key_for(Algorithm algorithm) { return pair_for(algorithm).public_key(); }

Result<PublicKey> read(const boost::json::object& jwk, Algorithm algorithm) {
  return PublicKey::from_jwk(jwk, algorithm);
}

bool refuses(const boost::json::object& jwk, Algorithm algorithm) {
  const auto key = read(jwk, algorithm);
  return !key && key.error().code() == ErrorCode::key_unusable;
}

// A JWK of the algorithm's with one member put in another's place.
boost::json::object with(Algorithm algorithm, std::string_view member, std::string_view value) {
  auto jwk = key_for(algorithm).to_jwk();
  jwk[member] = value;
  return jwk;
}

std::string decoded(const boost::json::object& jwk, std::string_view member) {
  return from_base64url(std::string_view{jwk.at(member).as_string()}).value();
}

TEST(PublicKey, VerifiesTheExamplesOfTheRfcs) {
  for (const auto& [source, jwk, compact] : test::kRfcVectors) {
    const JwsVerifier verifier{read_jwk_set(jwk).value()};
    EXPECT_TRUE(verifier.verify(compact)) << source;
    for (std::size_t i = 0; i < compact.size(); ++i) {
      std::string other{compact};
      other[i] = other[i] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(verifier.verify(other)) << source << ", character " << i;
    }
  }
}

TEST(PublicKey, IsNamedByTheThumbprintOfRfc7638) {
  EXPECT_EQ(read(json_object(test::kThumbprintKey), Algorithm::rs256)->thumbprint(), test::kThumbprint);
  const auto key = read(json_object(test::kRfcVectors.back().jwk), Algorithm::eddsa).value();
  EXPECT_EQ(key.thumbprint(), test::kEd25519Thumbprint);
  EXPECT_EQ(key.id().text(), test::kEd25519Thumbprint);
}

TEST(PublicKey, VerifiesItsPairsSignatureAndNoOther) {
  for (const auto algorithm : test::algorithms_where(false)) {
    const auto& key = key_for(algorithm);
    const auto signature = signature_of(algorithm);
    EXPECT_TRUE(key.verifies(kMessage, signature)) << name_of(algorithm);
    EXPECT_FALSE(key.verifies("message ", signature)) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, "")) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, signature.substr(1))) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, signature + '\0')) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, '\0' + signature)) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, std::string(signature.size(), '\0'))) << name_of(algorithm);
    EXPECT_FALSE(key.verifies(kMessage, std::string(signature.size(), '\xFF'))) << name_of(algorithm);
    for (std::size_t i = 0; i < signature.size(); i += 7) {
      auto other = signature;
      other[i] = static_cast<char>(other[i] ^ 1);
      EXPECT_FALSE(key.verifies(kMessage, other)) << name_of(algorithm) << ", byte " << i;
    }
  }
}

TEST(PublicKey, IsForOneAlgorithmEvenWhereAnotherCouldUseIt) {
  for (const auto made_for : {Algorithm::rs256, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384}) {
    const auto& pair = pair_for(Algorithm::rs256);
    const auto signer = PrivateKey::from_der(pair.to_der(), made_for).value();
    const auto signature = std::string(signer.sign(kMessage)->view());
    for (const auto verified_as :
         {Algorithm::rs256, Algorithm::rs384, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512}) {
      const auto key = read(pair.public_key().to_jwk(), verified_as).value();
      EXPECT_EQ(key.verifies(kMessage, signature), verified_as == made_for)
          << name_of(made_for) << " as " << name_of(verified_as);
    }
  }
}

TEST(PublicKey, RefusesAnEcdsaSignatureInDerAndOneOutOfRange) {
  const auto& key = key_for(Algorithm::es256);
  // n of P-256 (FIPS 186-4 section D.1.2.3).
  constexpr std::string_view kOrder{
      "\xFF\xFF\xFF\xFF\x00\x00\x00\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
      "\xBC\xE6\xFA\xAD\xA7\x17\x9E\x84\xF3\xB9\xCA\xC2\xFC\x63\x25\x51",
      32};
  const auto signature = signature_of(Algorithm::es256);
  const auto r = signature.substr(0, 32), s = signature.substr(32);
  const std::string zero(32, '\0');
  for (const auto& other : {zero + s, r + zero, zero + zero, std::string(kOrder) + s, r + std::string(kOrder), s + r}) {
    EXPECT_FALSE(key.verifies(kMessage, other));
  }
  const auto der_integer = [](const std::string& number) {
    const auto positive = (number[0] & 0x80) != 0 ? '\0' + number : number;
    return std::string("\x02") + static_cast<char>(positive.size()) + positive;
  };
  const auto body = der_integer(r) + der_integer(s);
  EXPECT_FALSE(key.verifies(kMessage, std::string("\x30") + static_cast<char>(body.size()) + body));
}

TEST(PublicKey, RefusesAnEd25519SignatureWhoseScalarIsNotReduced) {
  // S + L verifies under the same equation; RFC 8032 section 5.1.7 wants 0 <= S < L.
  constexpr std::string_view kOrder{
      "\xED\xD3\xF5\x5C\x1A\x63\x12\x58\xD6\x9C\xF7\xA2\xDE\xF9\xDE\x14"
      "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10",
      32};
  auto signature = signature_of(Algorithm::eddsa);
  ASSERT_TRUE(key_for(Algorithm::eddsa).verifies(kMessage, signature));
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(signature[32 + i]);
    carry += static_cast<unsigned char>(kOrder[i]);
    signature[32 + i] = static_cast<char>(carry & 0xFF);
    carry >>= 8;
  }
  EXPECT_FALSE(key_for(Algorithm::eddsa).verifies(kMessage, signature));
}

TEST(PublicKey, ReadsBackWhatItWrites) {
  for (const auto algorithm : test::algorithms_where(false)) {
    const auto& key = key_for(algorithm);
    for (const auto& again : {read(key.to_jwk(), algorithm), PublicKey::from_pem(key.to_pem(), algorithm)}) {
      ASSERT_TRUE(again) << name_of(algorithm);
      EXPECT_EQ(again->id(), key.id());
      EXPECT_TRUE(again->verifies(kMessage, signature_of(algorithm)));
    }
  }
}

TEST(PublicKey, ShowsNoPrivateMember) {
  for (const auto algorithm : test::algorithms_where(false)) {
    const auto jwk = key_for(algorithm).to_jwk();
    for (const auto* member : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) EXPECT_FALSE(jwk.contains(member));
    EXPECT_EQ(jwk.at("alg").as_string(), name_of(algorithm));
    EXPECT_EQ(jwk.at("use").as_string(), "sig");
    EXPECT_EQ(jwk.at("kid").as_string(), key_for(algorithm).id().text());
    EXPECT_FALSE(key_for(algorithm).to_pem().contains("PRIVATE"));
  }
}

TEST(PublicKey, NeedsTheKindOfKeyThatItsAlgorithmHas) {
  for (const auto of : {Algorithm::rs256, Algorithm::es256, Algorithm::es384, Algorithm::es512, Algorithm::eddsa}) {
    for (const auto as : all_algorithms()) {
      const bool fits = of == as || (key_type_of(of) == KeyType::rsa && key_type_of(as) == KeyType::rsa);
      EXPECT_EQ(refuses(key_for(of).to_jwk(), as), !fits) << name_of(of) << " as " << name_of(as);
      EXPECT_EQ(!PublicKey::from_pem(key_for(of).to_pem(), as), !fits) << name_of(of) << " as " << name_of(as);
    }
  }
}

TEST(PublicKey, RefusesRsaOfAnotherSizeOrExponent) {
  const auto modulus = [](std::size_t bytes) { return to_base64url(std::string(bytes, '\xFF')); };
  EXPECT_FALSE(refuses(with(Algorithm::rs256, "n", modulus(256)), Algorithm::rs256));
  EXPECT_FALSE(refuses(with(Algorithm::rs256, "n", modulus(1024)), Algorithm::rs256));
  EXPECT_TRUE(refuses(with(Algorithm::rs256, "n", modulus(255)), Algorithm::rs256));
  EXPECT_TRUE(refuses(with(Algorithm::rs256, "n", modulus(1025)), Algorithm::rs256));
  EXPECT_TRUE(refuses(with(Algorithm::rs256, "n", modulus(2048)), Algorithm::rs256));
  EXPECT_TRUE(refuses(with(Algorithm::rs256, "n", to_base64url(std::string(255, '\xFF') + '\xFE')), Algorithm::rs256));
  EXPECT_FALSE(refuses(with(Algorithm::rs256, "e", "AQAB"), Algorithm::rs256));
  EXPECT_FALSE(refuses(with(Algorithm::rs256, "e", to_base64url(std::string(32, '\xFF'))), Algorithm::rs256));
  for (const std::string_view exponent : {"AQ", "Aw", "EQ", "_w", "AQAA", "AP__", "AQAC", "AAEAAQ", ""}) {
    EXPECT_TRUE(refuses(with(Algorithm::rs256, "e", exponent), Algorithm::rs256)) << exponent;
  }
  EXPECT_TRUE(refuses(with(Algorithm::rs256, "e", to_base64url('\x01' + std::string(32, '\x01'))), Algorithm::rs256));
}

TEST(PublicKey, RefusesAnEcPointThatIsNotOnTheCurve) {
  for (const auto algorithm : {Algorithm::es256, Algorithm::es384, Algorithm::es512}) {
    const auto jwk = key_for(algorithm).to_jwk();
    const auto x = decoded(jwk, "x"), y = decoded(jwk, "y");
    auto moved = y;
    moved.back() = static_cast<char>(moved.back() ^ 1);
    const std::string zero(x.size(), '\0');
    for (const auto& [member, bytes] : {std::pair{"y", moved},
                                        {"y", x},
                                        {"x", zero},
                                        {"y", zero},
                                        {"x", '\0' + x},
                                        {"x", x.substr(1)},
                                        {"y", y + '\0'},
                                        {"x", std::string(x.size(), '\xFF')}}) {
      EXPECT_TRUE(refuses(with(algorithm, member, to_base64url(bytes)), algorithm)) << name_of(algorithm) << member;
    }
  }
}

TEST(PublicKey, RefusesEd25519PointsOfSmallOrderAndTextsOfNoPoint) {
  const std::string neutral = '\x01' + std::string(31, '\0');
  const std::string zero(32, '\0');
  const std::string not_reduced = '\xEE' + std::string(30, '\xFF') + '\x7F';  // p + 1, another spelling of 1
  const std::string no_point = '\x02' + std::string(31, '\0');
  for (const auto& bytes : {neutral, zero, not_reduced, no_point, std::string(31, 'x'), std::string(33, 'x')}) {
    EXPECT_TRUE(refuses(with(Algorithm::eddsa, "x", to_base64url(bytes)), Algorithm::eddsa));
  }
}

TEST(PublicKey, RefusesAJwkThatLacksAMemberOrHasItInAnotherForm) {
  for (const auto algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    for (const auto* member : {"kty", "n", "e", "crv", "x", "y"}) {
      auto jwk = key_for(algorithm).to_jwk();
      if (!jwk.contains(member)) continue;
      jwk[member] = 7;
      EXPECT_TRUE(refuses(jwk, algorithm)) << name_of(algorithm) << ' ' << member;
      jwk[member] = "not+base64url==";
      EXPECT_TRUE(refuses(jwk, algorithm)) << name_of(algorithm) << ' ' << member;
      jwk.erase(member);
      EXPECT_TRUE(refuses(jwk, algorithm)) << name_of(algorithm) << ' ' << member;
    }
  }
}

TEST(PublicKey, TakesOnePemBlockOfAPublicKeyAndNothingElse) {
  const auto& key = key_for(Algorithm::es256);
  const auto pem = key.to_pem();
  EXPECT_TRUE(PublicKey::from_pem("A key:\n\n" + pem + "\n", Algorithm::es256));
  const auto why = [](const std::string& text) {
    return std::string(PublicKey::from_pem(text, Algorithm::es256).error().private_text());
  };
  EXPECT_TRUE(why(pem + pem).contains("more than one"));
  EXPECT_TRUE(why("").contains("no PEM block"));
  EXPECT_TRUE(why(std::string(70'000, '-')).contains("64 KiB"));
  EXPECT_TRUE(why(std::string(pair_for(Algorithm::es256).to_pem().expose())).contains("openssl pkey -pubout"));
  // A SEQUENCE of the right length with nothing of a key in it.
  EXPECT_TRUE(why("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n").contains("cannot read"));
}

TEST(PublicKey, RefusesAByteBehindTheKey) {
  auto pem = key_for(Algorithm::eddsa).to_pem();
  pem.replace(pem.find('='), 1, "A");
  EXPECT_FALSE(PublicKey::from_pem(pem, Algorithm::eddsa));
}

}  // namespace
}  // namespace cardea
