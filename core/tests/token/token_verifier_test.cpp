#include <gtest/gtest.h>

#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/token_verifier.hpp>

#include "key/asymmetric_keys.hpp"
#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;
using test::signed_text;

constexpr auto kTick = std::chrono::microseconds{1};

TokenVerifier verifier(TokenPolicy policy = TokenPolicy::tutorial()) {
  return TokenVerifier{VerificationKeySet{VerificationKey{test::key_of()}}, std::move(policy)};
}

std::string token_of(std::string_view claims) { return signed_text(test::kPlainHeader, claims); }

// The code of the refusal; nothing if the token is accepted.
std::optional<ErrorCode> refusal(const TokenVerifier& by, std::string_view token, Instant now = kNoon) {
  const auto verified = by.verify(token, now);
  if (verified) return std::nullopt;
  return verified.error().code();
}

TEST(TokenVerifier, ReturnsTheClaimsOfAGoodToken) {
  const auto token = verifier().verify(token_of(R"({"sub":"alice","role":"admin","exp":1767270600,"x":[1]})"), kNoon);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->claims().subject, "alice");
  EXPECT_EQ(token->claims().role, "admin");
  EXPECT_EQ(token->claims().expires_at, NumericDate{kNoon + 30min});
  EXPECT_EQ(token->claims().others.size(), 1U);
}

TEST(TokenVerifier, AcceptsWhatTheSignerMakesInEveryAlgorithmAndType) {
  for (const auto algorithm : all_algorithms()) {
    for (const auto type : {TokenType::jwt, TokenType::access_token}) {
      const auto key = test::signing_key_for(algorithm);
      Claims claims;
      claims.subject = "alice";
      claims.expires_at = kNoon + kTick;
      const auto token = TokenSigner{key, type}.sign(claims).value();
      const TokenVerifier by{VerificationKeySet{key.verification_key()}, TokenPolicy::tutorial().requiring_type(type)};
      EXPECT_EQ(by.verify(token, kNoon)->claims().subject, "alice");
    }
  }
}

// jwt.encode({"sub": "alice", "role": "admin", "iat": 1767268800, "exp": 1767270600},
//            "a-secret-of-thirty-two-characters", algorithm="HS256"), alike with python-jose 3.3 and PyJWT 2.6.
constexpr std::string_view kTokenOfPython =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    ".eyJzdWIiOiJhbGljZSIsInJvbGUiOiJhZG1pbiIsImlhdCI6MTc2NzI2ODgwMCwiZXhwIjoxNzY3MjcwNjAwfQ"
    ".BbwWR_00x7b-qDp0fRueGSKJgojAG_9XLmFSgi8lLWE";

// PyJWT 2.6: jwt.encode({"sub": "alice", "iss": "https://id.example", "aud": ["orders", "billing"], "nbf": 1767268800,
// "exp": 1767270600, "jti": "1"}, secret, algorithm=…, headers={"kid": "k"}) with the secret below.
constexpr std::string_view kSecretOfPyJwt = "a-secret-of-sixty-four-characters-or-more-for-the-largest-hashes!";
constexpr std::string_view kHs384TokenOfPyJwt =
    "eyJhbGciOiJIUzM4NCIsImtpZCI6ImsiLCJ0eXAiOiJKV1QifQ"
    ".eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaWQuZXhhbXBsZSIsImF1ZCI6WyJvcmRlcnMiLCJiaWxsaW5nIl0sIm5iZiI6MTc2NzI2ODgw"
    "MCwiZXhwIjoxNzY3MjcwNjAwLCJqdGkiOiIxIn0"
    ".BzgWFZFwBgIbwG_-BaPzyXCrKIOydjD0ihr18I0mPbPYfDODvwUc7ewt7m6_kXtC";
constexpr std::string_view kHs512TokenOfPyJwt =
    "eyJhbGciOiJIUzUxMiIsImtpZCI6ImsiLCJ0eXAiOiJKV1QifQ"
    ".eyJzdWIiOiJhbGljZSIsImlzcyI6Imh0dHBzOi8vaWQuZXhhbXBsZSIsImF1ZCI6WyJvcmRlcnMiLCJiaWxsaW5nIl0sIm5iZiI6MTc2NzI2ODgw"
    "MCwiZXhwIjoxNzY3MjcwNjAwLCJqdGkiOiIxIn0"
    ".rPhlbDZzeRs1jrLHjjJIYuEnNdmifUUIZ8LUGKQHLm2wCLfTmLe6YsbQ2PRAqh_wlLRuFz1x__L5HAw-GC-kKQ";

TEST(TokenVerifier, AcceptsTokensOfOtherLibraries) {
  EXPECT_EQ(verifier().verify(kTokenOfPython, kNoon)->claims().role, "admin");
  for (const auto& [algorithm, token] :
       {std::pair{Algorithm::hs384, kHs384TokenOfPyJwt}, {Algorithm::hs512, kHs512TokenOfPyJwt}}) {
    const auto key = HmacKey::from_secret(Secret::copy_of(kSecretOfPyJwt), algorithm, KeyId::parse("k").value());
    const TokenVerifier by{VerificationKeySet{VerificationKey{key.value()}},
                           TokenPolicy::expecting(Issuer{"https://id.example"}, Audience{"billing"})};
    EXPECT_EQ(by.verify(token, kNoon)->claims().token_id, "1");
    EXPECT_EQ(refusal(by, token, kNoon + 30min), ErrorCode::token_expired);
  }
}

TEST(TokenVerifier, AcceptsTheTokenOfTheRfcUntilItExpires) {
  // RFC 7515 appendix A.1.
  const auto keys = read_jwk_set(
      R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})");
  const TokenVerifier by{keys.value(), TokenPolicy::tutorial().expecting_issuer(Issuer{"joe"})};
  constexpr std::string_view kToken =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
      ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const Instant end{std::chrono::seconds{1300819380}};
  EXPECT_TRUE(by.verify(kToken, end - kTick));
  EXPECT_EQ(refusal(by, kToken, end), ErrorCode::token_expired);
}

TEST(TokenVerifier, RefusesATokenInTheVerySecondItExpires) {
  const auto token = token_of(R"({"exp":1767268800})");
  EXPECT_EQ(refusal(verifier(), token, kNoon - kTick), std::nullopt);
  EXPECT_EQ(refusal(verifier(), token, kNoon), ErrorCode::token_expired);
  EXPECT_EQ(refusal(verifier(), token, kNoon + kTick), ErrorCode::token_expired);
  EXPECT_EQ(refusal(verifier(), token, Instant::max()), ErrorCode::token_expired);
}

TEST(TokenVerifier, TakesTheFractionOfASecondAsItIs) {
  const auto token = token_of(R"({"exp":1767268800.5,"nbf":1767268799.5})");
  EXPECT_EQ(refusal(verifier(), token, kNoon - 500ms - kTick), ErrorCode::token_not_yet_valid);
  EXPECT_EQ(refusal(verifier(), token, kNoon - 500ms), std::nullopt);
  EXPECT_EQ(refusal(verifier(), token, kNoon + 500ms - kTick), std::nullopt);
  EXPECT_EQ(refusal(verifier(), token, kNoon + 500ms), ErrorCode::token_expired);
}

TEST(TokenVerifier, AddsTheClockSkewToEveryBoundary) {
  const auto lenient = verifier(TokenPolicy::tutorial().tolerating_clock_skew(60s));
  const auto expired = token_of(R"({"exp":1767268800})");
  EXPECT_EQ(refusal(lenient, expired, kNoon + 60s - kTick), std::nullopt);
  EXPECT_EQ(refusal(lenient, expired, kNoon + 60s), ErrorCode::token_expired);
  for (const auto* name : {"nbf", "iat"}) {
    const auto early = token_of(R"({"exp":1767270600,")" + std::string(name) + R"(":1767268800})");
    EXPECT_EQ(refusal(lenient, early, kNoon - 60s), std::nullopt) << name;
    EXPECT_EQ(refusal(lenient, early, kNoon - 60s - kTick), ErrorCode::token_not_yet_valid) << name;
  }
}

TEST(TokenVerifier, RefusesATokenFromTheFuture) {
  for (const auto* name : {"nbf", "iat"}) {
    const auto token = token_of(R"({"exp":1767270600,")" + std::string(name) + R"(":1767268800})");
    EXPECT_EQ(refusal(verifier(), token, kNoon), std::nullopt) << name;
    EXPECT_EQ(refusal(verifier(), token, kNoon - kTick), ErrorCode::token_not_yet_valid) << name;
  }
}

TEST(TokenVerifier, ChecksTheTimesOfAVerifiedTokenByThePolicyOfItsKey) {
  const auto pair = test::signing_key_for(Algorithm::es256);
  const auto keys =
      VerificationKeySet::of({pair.verification_key(), VerificationKey{test::key_of(test::kSecret)}}).value();
  const TokenVerifier by{std::make_shared<FixedKeys>(keys), TokenPolicy::tutorial().tolerating_clock_skew(60s),
                         TokenPolicy::tutorial()};
  Claims claims;
  claims.not_before = kNoon;
  claims.expires_at = kNoon + 30min;
  const auto check = [&](const SigningKey& key, Instant now) {
    const auto done = by.check_times(by.verify(TokenSigner{key}.sign(claims).value(), kNoon).value(), now);
    return done ? std::optional<ErrorCode>{} : done.error().code();
  };
  for (const auto& [key, skew] : {std::pair{SigningKey{test::key_of()}, 0s}, {pair, 60s}}) {
    EXPECT_EQ(check(key, kNoon - skew), std::nullopt);
    EXPECT_EQ(check(key, kNoon - skew - kTick), ErrorCode::token_not_yet_valid);
    EXPECT_EQ(check(key, kNoon + 30min + skew - kTick), std::nullopt);
    EXPECT_EQ(check(key, kNoon + 30min + skew), ErrorCode::token_expired);
  }
}

TEST(TokenVerifier, RefusesATokenWithoutExpiryUnlessThePolicySaysOtherwise) {
  const auto endless = token_of(R"({"sub":"alice"})");
  EXPECT_EQ(refusal(verifier(), endless), ErrorCode::token_expiry_missing);
  const auto by = verifier(TokenPolicy::tutorial().accepting_tokens_without_expiry());
  EXPECT_EQ(refusal(by, endless), std::nullopt);
  EXPECT_EQ(refusal(by, token_of(R"({"exp":1767268800})")), ErrorCode::token_expired);
  EXPECT_EQ(refusal(by, token_of(R"({"exp":null})")), ErrorCode::token_claims_malformed);
}

TEST(TokenVerifier, ComparesTheIssuerExactly) {
  const auto by = verifier(TokenPolicy::tutorial().expecting_issuer(Issuer{"https://id.example"}));
  EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600,"iss":"https://id.example"})")), std::nullopt);
  for (const auto* member : {"", R"(,"iss":"")", R"(,"iss":"https://id.example/")", R"(,"iss":"https://ID.example")",
                             R"(,"iss":"https://id.example ")", R"(,"iss":"https://id.example\u0000")"}) {
    EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600)" + std::string(member) + "}")),
              ErrorCode::token_issuer_refused)
        << member;
  }
  EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600,"iss":["https://id.example"]})")),
            ErrorCode::token_claims_malformed);
}

TEST(TokenVerifier, NeedsItsAudienceInTheToken) {
  const auto by = verifier(TokenPolicy::tutorial().expecting_audience(Audience{"orders"}));
  for (const auto* aud : {R"("orders")", R"(["orders"])", R"(["billing","orders"])"}) {
    EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600,"aud":)" + std::string(aud) + "}")), std::nullopt) << aud;
  }
  for (const auto* aud : {R"("")", R"("Orders")", R"("orders2")", R"("order")", R"([])", R"(["billing"])",
                          R"(["orders "])", R"("orders,billing")", R"("billing orders")"}) {
    EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600,"aud":)" + std::string(aud) + "}")),
              ErrorCode::token_audience_refused)
        << aud;
  }
  EXPECT_EQ(refusal(by, token_of(R"({"exp":1767270600})")), ErrorCode::token_audience_refused);
}

TEST(TokenVerifier, WithoutAnAudienceRefusesATokenThatIsAddressedToSomebody) {
  for (const auto* aud : {R"("orders")", R"([])", R"([""])"}) {
    EXPECT_EQ(refusal(verifier(), token_of(R"({"exp":1767270600,"aud":)" + std::string(aud) + "}")),
              ErrorCode::token_audience_refused)
        << aud;
  }
}

TEST(TokenVerifier, DemandsTheTypeOfThePolicy) {
  const auto token = [](std::string_view typ) {
    return signed_text(R"({"alg":"HS256")" + std::string(typ) + "}", R"({"exp":1767270600})");
  };
  const auto strict = verifier(TokenPolicy::tutorial().requiring_type(TokenType::access_token));
  for (const auto* typ : {R"(,"typ":"at+jwt")", R"(,"typ":"AT+JWT")", R"(,"typ":"application/at+jwt")"}) {
    EXPECT_EQ(refusal(strict, token(typ)), std::nullopt) << typ;
    EXPECT_EQ(refusal(verifier(), token(typ)), std::nullopt) << typ;
  }
  for (const auto* typ : {"", R"(,"typ":"JWT")"}) {
    EXPECT_EQ(refusal(strict, token(typ)), ErrorCode::token_type_refused) << typ;
    EXPECT_EQ(refusal(verifier(), token(typ)), std::nullopt) << typ;
  }
  for (const auto* typ : {R"(,"typ":"")", R"(,"typ":"JOSE")", R"(,"typ":"dpop+jwt")", R"(,"typ":"logout+jwt")"}) {
    EXPECT_EQ(refusal(strict, token(typ)), ErrorCode::token_type_refused) << typ;
    EXPECT_EQ(refusal(verifier(), token(typ)), ErrorCode::token_type_refused) << typ;
  }
}

TEST(TokenVerifier, RefusesAPayloadThatIsNoObjectOfClaims) {
  for (const auto* payload :
       {"", "null", "[]", "1", R"("alice")", R"({"exp":1767270600}x)", R"({"exp":1767270600,"exp":1767270600})",
        R"({"exp":1767270600,"\u0065xp":9e15})", R"({"exp":1767270600,"x":{"a":1,"a":1}})",
        "{\"exp\":1767270600,\"x\":\"\xFF\"}", R"({"exp":1767270600,"x":[[[[[[[[1]]]]]]]]})"}) {
    EXPECT_EQ(refusal(verifier(), token_of(payload)), ErrorCode::token_malformed) << payload;
  }
  for (const auto* exp : {R"("1767270600")", "null", "true", "-1", "1e300", "[1767270600]", "9007199254740993"}) {
    EXPECT_EQ(refusal(verifier(), token_of(R"({"exp":)" + std::string(exp) + "}")), ErrorCode::token_claims_malformed)
        << exp;
  }
}

TEST(TokenVerifier, ChecksTheSignatureBeforeAnyClaimAndTheKeyBeforeTheSignature) {
  constexpr std::string_view kOther = "another-secret-of-thirty-two-bytes";
  for (const auto* claims : {"{}", "", R"({"exp":1})", R"({"exp":"x"})", R"({"iss":1})"}) {
    EXPECT_EQ(refusal(verifier(), signed_text(test::kPlainHeader, claims, kOther)), ErrorCode::token_signature_invalid)
        << claims;
    EXPECT_EQ(refusal(verifier(), signed_text(R"({"alg":"HS256","kid":"x"})", claims)), ErrorCode::token_key_unknown)
        << claims;
    EXPECT_EQ(refusal(verifier(), signed_text(R"({"alg":"HS512"})", claims)), ErrorCode::token_algorithm_refused)
        << claims;
    EXPECT_EQ(refusal(verifier(), signed_text(R"({"alg":"HS256","typ":"x"})", claims, kOther)),
              ErrorCode::token_signature_invalid)
        << claims;
  }
}

TEST(TokenVerifier, RefusesEveryAlgorithmThatIsNotItsKeys) {
  for (const auto* alg : {"none", "HS384", "HS512", "RS256", "RS512", "PS256", "ES256", "EdDSA", "hs256", "HS256 "}) {
    const auto token = signed_text(R"({"alg":")" + std::string(alg) + "\"}", R"({"exp":1767270600})");
    EXPECT_EQ(refusal(verifier(), token), ErrorCode::token_algorithm_refused) << alg;
    EXPECT_EQ(refusal(verifier(), token.substr(0, token.rfind('.') + 1)), ErrorCode::token_algorithm_refused) << alg;
  }
}

TEST(TokenVerifier, SaysNothingOfAnUnverifiedTokenInItsError) {
  const auto token = signed_text(R"({"alg":"HS256","kid":"planted-kid"})", R"({"sub":"planted-sub"})", "x");
  for (const auto& text : {token, "planted" + token, token.substr(0, token.rfind('.')) + ".planted!"}) {
    const auto error = verifier().verify(text, kNoon).error();
    EXPECT_FALSE(error.private_text().contains("planted")) << error.private_text();
    EXPECT_FALSE(error.public_text().contains("planted"));
  }
}

TEST(TokenVerifier, RefusesLargeAndDeepInputWithoutReadingItAll) {
  const auto dots = std::string(8 * 1024, '.');
  EXPECT_EQ(refusal(verifier(), dots), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(verifier(), dots + '.'), ErrorCode::token_too_large);
  EXPECT_EQ(refusal(verifier(), std::string(10'000'000, 'A')), ErrorCode::token_too_large);
  EXPECT_EQ(refusal(verifier(), signed_text(std::string(1024, '['), "{}")), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(verifier(), signed_text(std::string(1025, ' '), "{}")), ErrorCode::token_too_large);
  EXPECT_EQ(refusal(verifier(), token_of(std::string(5'000, '['))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(verifier(), token_of(R"({"x":)" + std::string(2'000, '[') + std::string(2'000, ']') + '}')),
            ErrorCode::token_malformed);
}

}  // namespace
}  // namespace cardea
