#include <gtest/gtest.h>

#include <cardea/core/token/token_policy.hpp>

namespace cardea {
namespace {

using namespace std::chrono_literals;

TEST(TokenPolicy, DemandsEverythingUnlessItIsToldOtherwise) {
  const auto policy = TokenPolicy::expecting(Issuer{"https://id.example"}, Audience{"orders"});
  EXPECT_EQ(policy.issuer()->value, "https://id.example");
  EXPECT_EQ(policy.audience()->value, "orders");
  EXPECT_EQ(policy.clock_skew(), 0s);
  EXPECT_TRUE(policy.requires_expiry());
  EXPECT_EQ(policy.required_type(), std::nullopt);
}

TEST(TokenPolicy, OfTheTutorialKnowsNoIssuerAndNoAudience) {
  const auto policy = TokenPolicy::tutorial();
  EXPECT_FALSE(policy.issuer());
  EXPECT_FALSE(policy.audience());
  EXPECT_EQ(policy.clock_skew(), 0s);
  EXPECT_TRUE(policy.requires_expiry());
}

TEST(TokenPolicy, ChangesOnlyWhatEachWordSays) {
  const auto policy = TokenPolicy::tutorial()
                          .expecting_issuer(Issuer{"i"})
                          .requiring_type(TokenType::access_token)
                          .tolerating_clock_skew(30s)
                          .accepting_tokens_without_expiry();
  EXPECT_EQ(policy.issuer()->value, "i");
  EXPECT_FALSE(policy.audience());
  EXPECT_EQ(policy.required_type(), TokenType::access_token);
  EXPECT_EQ(policy.clock_skew(), 30s);
  EXPECT_FALSE(policy.requires_expiry());
}

TEST(ClockSkew, IsZeroToSixtySeconds) {
  EXPECT_EQ(ClockSkew::of(0s)->seconds(), 0s);
  EXPECT_EQ(ClockSkew::of(60s)->seconds(), 60s);
  for (const auto seconds : {-1s, 61s, std::chrono::seconds::max(), std::chrono::seconds::min()}) {
    const auto skew = ClockSkew::of(seconds);
    ASSERT_FALSE(skew);
    EXPECT_EQ(skew.error().code(), ErrorCode::configuration_invalid);
  }
}

TEST(TokenType, ComparesAsMediaTypesDo) {
  for (const auto* typ : {"JWT", "jwt", "Jwt", "application/jwt", "APPLICATION/JWT"}) {
    EXPECT_TRUE(is_named(TokenType::jwt, typ)) << typ;
    EXPECT_FALSE(is_named(TokenType::access_token, typ)) << typ;
  }
  for (const auto* typ : {"at+jwt", "AT+JWT", "application/at+jwt"}) {
    EXPECT_TRUE(is_named(TokenType::access_token, typ)) << typ;
    EXPECT_FALSE(is_named(TokenType::jwt, typ)) << typ;
  }
  for (const auto* typ : {"", "JW", "JWT ", " JWT", "application/", "application/application/jwt", "text/jwt", "/jwt",
                          "at jwt", "JWS", "dpop+jwt", "application/jwt; charset=utf-8"}) {
    EXPECT_FALSE(is_named(TokenType::jwt, typ)) << typ;
    EXPECT_FALSE(is_named(TokenType::access_token, typ)) << typ;
  }
}

}  // namespace
}  // namespace cardea
