#include <gtest/gtest.h>

#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/jws_verifier.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using test::signed_text;

// RFC 7515 appendix A.1.
constexpr std::string_view kRfc7515Key =
    R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})";
constexpr std::string_view kRfc7515Token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

// RFC 7520 sections 3.5 and 4.4.
constexpr std::string_view kRfc7520Key =
    R"({"kty":"oct","kid":"018c0ae5-4d9b-471b-bfd6-eef314bc7037","use":"sig","alg":"HS256",
        "k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"})";
constexpr std::string_view kRfc7520Token =
    "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
    ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5k"
    "IGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4"
    ".s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";

// RFC 7797 section 4.2: a signature over a payload that is not encoded.
constexpr std::string_view kRfc7797Token =
    "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";

JwsVerifier verifier_of(std::string_view keys) { return JwsVerifier{read_jwk_set(keys).value()}; }
JwsVerifier verifier() { return JwsVerifier{VerificationKeySet{VerificationKey{test::key_of()}}}; }

ErrorCode refusal(const JwsVerifier& by, std::string_view compact) { return by.verify(compact).error().code(); }

TEST(JwsVerifier, AcceptsTheExamplesOfTheRfcs) {
  EXPECT_EQ(verifier_of(kRfc7515Key).verify(kRfc7515Token).value(),
            "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
  EXPECT_EQ(
      verifier_of(kRfc7520Key).verify(kRfc7520Token).value(),
      "It\u2019s a dangerous business, Frodo, going out your door. You step onto the road, and if you don't keep your "
      "feet, there\u2019s no knowing where you might be swept off to.");
}

TEST(JwsVerifier, RefusesAnUnencodedPayload) {
  EXPECT_EQ(refusal(verifier_of(kRfc7515Key), kRfc7797Token), ErrorCode::token_header_unsupported);
}

TEST(JwsVerifier, ReturnsAnyPayloadByteForByte) {
  for (const std::string_view payload : {std::string_view{""}, {"\0\xFF\n", 3}, {R"({"a":1,"a":2})"}}) {
    EXPECT_EQ(verifier().verify(signed_text(test::kPlainHeader, payload)).value(), payload);
  }
}

TEST(JwsVerifier, RefusesASignatureThatIsMissingCutOrOfAnotherHash) {
  const auto token = signed_text(test::kPlainHeader, "x");
  const auto input = token.substr(0, token.rfind('.') + 1);
  const auto hs512 = test::hmac(EVP_sha512(), test::kSecret, input.substr(0, input.size() - 1));
  for (const auto& text : {input, token.substr(0, token.size() - 3), token + "AAAA", input + to_base64url(hs512),
                           input + to_base64url(std::string(32, '\0'))}) {
    EXPECT_EQ(refusal(verifier(), text), ErrorCode::token_signature_invalid) << text;
  }
}

TEST(JwsVerifier, LetsTheKeyDecideTheAlgorithm) {
  const std::string secret(64, 's');
  const JwsVerifier by{VerificationKeySet{VerificationKey{test::key_of(secret, Algorithm::hs256)}}};
  for (const auto* alg : {"HS384", "HS512"}) {
    const auto input = to_base64url(R"({"alg":")" + std::string(alg) + "\"}") + '.';
    const auto* hash = std::string_view{alg} == "HS384" ? EVP_sha384() : EVP_sha512();
    EXPECT_EQ(refusal(by, input + '.' + to_base64url(test::hmac(hash, secret, input))),
              ErrorCode::token_algorithm_refused);
  }
}

TEST(JwsVerifier, KnowsNoAlgorithmNone) {
  for (const auto* alg : {"none", "None", "NONE", "nOnE", ""}) {
    const auto input = to_base64url(R"({"alg":")" + std::string(alg) + "\"}") + ".e30.";
    EXPECT_EQ(refusal(verifier(), input), ErrorCode::token_algorithm_refused);
    EXPECT_EQ(refusal(JwsVerifier{VerificationKeySet{}}, input), ErrorCode::token_algorithm_refused);
  }
}

TEST(JwsVerifier, FindsTheKeyByItsId) {
  const auto by = verifier_of(
      R"({"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"YS1zZWNyZXQtb2YtdGhpcnR5LXR3by1jaGFyYWN0ZXJz"},
                  {"kty":"oct","kid":"b","alg":"HS256","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}]})");
  EXPECT_TRUE(by.verify(signed_text(R"({"alg":"HS256","kid":"a"})", "x")));
  EXPECT_EQ(refusal(by, signed_text(R"({"alg":"HS256","kid":"b"})", "x")), ErrorCode::token_signature_invalid);
  for (const auto* kid : {"c", "A", "", "a ", "../a"}) {
    EXPECT_EQ(refusal(by, signed_text(R"({"alg":"HS256","kid":")" + std::string(kid) + "\"}", "x")),
              ErrorCode::token_key_unknown);
  }
}

TEST(JwsVerifier, NeedsAnIdUnlessExactlyOneKeyFits) {
  const auto two = verifier_of(R"({"keys":[{"kty":"oct","kid":"a","k":"YS1zZWNyZXQtb2YtdGhpcnR5LXR3by1jaGFyYWN0ZXJz"},
                                           {"kty":"oct","kid":"b","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}]})");
  EXPECT_EQ(refusal(two, signed_text(test::kPlainHeader, "x")), ErrorCode::token_key_unknown);
  const auto other_algorithm = verifier_of(
      R"({"keys":[{"kty":"oct","kid":"a","k":"YS1zZWNyZXQtb2YtdGhpcnR5LXR3by1jaGFyYWN0ZXJz"},
                  {"kty":"oct","kid":"b","alg":"HS512",
                   "k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}]})");
  EXPECT_TRUE(other_algorithm.verify(signed_text(test::kPlainHeader, "x")));
  EXPECT_EQ(refusal(JwsVerifier{VerificationKeySet{}}, signed_text(test::kPlainHeader, "x")),
            ErrorCode::token_key_unknown);
}

TEST(JwsVerifier, NeverTakesAKeyFromTheHeader) {
  constexpr std::string_view kAttackers = "another-secret-of-thirty-two-bytes";
  const auto jwk = R"({"kty":"oct","k":")" + to_base64url(kAttackers) + R"("})";
  for (const auto& header : {R"({"alg":"HS256","jwk":)" + jwk + "}", R"({"alg":"HS256","kid":"x","jwk":)" + jwk + "}",
                             std::string(R"({"alg":"HS256","jku":"http://127.0.0.1:1/keys"})"),
                             std::string(R"({"alg":"HS256","x5u":"http://127.0.0.1:1/c","x5c":["MA"]})")}) {
    EXPECT_FALSE(verifier().verify(signed_text(header, "x", kAttackers))) << header;
  }
}

}  // namespace
}  // namespace cardea
