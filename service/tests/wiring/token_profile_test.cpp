#include <gtest/gtest.h>

#include <cardea/core/token/token_verifier.hpp>
#include <cardea/service/wiring/signing_key.hpp>
#include <cardea/service/wiring/token_profile.hpp>

namespace cardea::service {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

Config config_with(std::optional<std::string> issuer, std::optional<std::string> audience) {
  Config config;
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  config.access_token_lifetime = std::chrono::minutes{30};
  config.issuer = std::move(issuer);
  config.audience = std::move(audience);
  return config;
}

// Why a token that `from` issues is refused where `at` is configured; token_* code's name, or empty.
std::string_view refusal(const Config& from, const Config& at) {
  const User carol{.id = UserId{3}, .username = Username::parse("carol").value(), .role = Role::parse("user").value()};
  const auto key = load_signing_key(from, AbsentSecret::refuse).value().key;
  const auto token = access_token_issuer_of(from, key).issue(carol, kNoon).value().token;
  const TokenVerifier verifier{key.verification_key(), token_policy_of(at)};
  const auto verified = verifier.verify(token, kNoon);
  return verified ? "" : name_of(verified.error().code());
}

TEST(TokenProfile, AcceptsWhatItIssuesWhateverIsConfigured) {
  for (const auto& issuer : {std::optional<std::string>{}, std::optional<std::string>{"https://id.example"}}) {
    for (const auto& audience : {std::optional<std::string>{}, std::optional<std::string>{"orders"}}) {
      EXPECT_EQ(refusal(config_with(issuer, audience), config_with(issuer, audience)), "");
    }
  }
}

TEST(TokenProfile, RefusesAnotherIssuerAndAnotherAudience) {
  const auto ours = config_with("https://id.example", "orders");
  EXPECT_EQ(refusal(config_with("https://other.example", "orders"), ours), "token_issuer_refused");
  EXPECT_EQ(refusal(config_with({}, "orders"), ours), "token_issuer_refused");
  EXPECT_EQ(refusal(config_with("https://id.example", "posts"), ours), "token_audience_refused");
  EXPECT_EQ(refusal(ours, config_with("https://id.example", {})), "token_audience_refused");
}

}  // namespace
}  // namespace cardea::service
