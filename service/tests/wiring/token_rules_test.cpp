#include <gtest/gtest.h>

#include <cardea/core/token/token_verifier.hpp>
#include <cardea/service/wiring/token_rules.hpp>

namespace cardea::service {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

Config config_with(std::optional<std::string> issuer, std::optional<std::string> audience) {
  Config config;
  config.access_token_lifetime = std::chrono::minutes{30};
  config.issuer = std::move(issuer);
  config.audience = std::move(audience);
  return config;
}

User carol() {
  return {.id = UserId{3}, .username = Username::parse("carol").value(), .role = Role::parse("user").value()};
}

// Why a token that `from` issues with the key is refused where `at` is configured; token_* code's name, or empty.
std::string_view refusal(const Config& from, const Config& at, const SigningKey& key) {
  const auto kind = is_symmetric(key.algorithm()) ? KeyKind::symmetric : KeyKind::asymmetric;
  const auto signer = std::make_shared<FixedSigner>(TokenSigner{key, token_type_of(token_profile_of(from, kind))});
  const auto token = access_token_issuer_of(from, signer).issue(carol(), kNoon).value().token;
  const auto verifier = token_verifier_of(at, std::make_shared<FixedKeys>(key.verification_key()));
  const auto verified = verifier.verify(token, kNoon);
  return verified ? "" : name_of(verified.error().code());
}

SigningKey secret() {
  return SigningKey{
      HmacKey::from_secret(Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826"), Algorithm::hs256).value()};
}

SigningKey pair() { return SigningKey{PrivateKey::generate(Algorithm::es256).value()}; }

TEST(TokenRules, AcceptWhatTheyIssueWhateverIsConfigured) {
  for (const auto& issuer : {std::optional<std::string>{}, std::optional<std::string>{"https://id.example"}}) {
    for (const auto& audience : {std::optional<std::string>{}, std::optional<std::string>{"orders"}}) {
      for (const auto& key : {secret(), pair()}) {
        EXPECT_EQ(refusal(config_with(issuer, audience), config_with(issuer, audience), key), "");
      }
    }
  }
}

TEST(TokenRules, RefuseAnotherIssuerAndAnotherAudience) {
  const auto ours = config_with("https://id.example", "orders");
  for (const auto& key : {secret(), pair()}) {
    EXPECT_EQ(refusal(config_with("https://other.example", "orders"), ours, key), "token_issuer_refused");
    EXPECT_EQ(refusal(ours, config_with("https://id.example", {}), key), "token_audience_refused");
  }
  EXPECT_EQ(refusal(config_with("https://id.example", "posts"), ours, pair()), "token_audience_refused");
}

TEST(TokenRules, AskForTheTypeOfRfc9068AsSoonAsThereIsAnIssuerOrAPairOfKeys) {
  auto plain = config_with({}, {});
  EXPECT_EQ(token_profile_of(plain, KeyKind::symmetric), TokenProfile::tutorial);
  EXPECT_EQ(token_profile_of(plain, KeyKind::asymmetric), TokenProfile::rfc9068);
  EXPECT_EQ(token_profile_of(config_with("https://id.example", {}), KeyKind::symmetric), TokenProfile::rfc9068);
  auto tutorial = config_with({}, {});
  tutorial.token_profile = TokenProfile::tutorial;
  EXPECT_EQ(token_profile_of(tutorial, KeyKind::asymmetric), TokenProfile::tutorial);
  EXPECT_EQ(refusal(tutorial, plain, pair()), "token_type_refused");
  EXPECT_EQ(refusal(tutorial, tutorial, pair()), "");
}

TEST(TokenRules, AcceptTokensOfTheTutorialUnderASecretWhereAPairOfKeysSignsNow) {
  auto now = config_with({}, {});
  now.signing_algorithm = Algorithm::es256;
  EXPECT_EQ(refusal(config_with({}, {}), now, secret()), "");
}

TEST(TokenRules, NameTheListeningAddressAsTheIssuerWhereNoneIsConfigured) {
  auto config = config_with({}, {});
  config.listen = ListenAddress::parse("127.0.0.1:9000").value();
  EXPECT_EQ(issuer_of(config).value, "http://127.0.0.1:9000");
  const auto policy = token_policy_of(config, KeyKind::asymmetric);
  EXPECT_EQ(policy.audience()->value, "http://127.0.0.1:9000");
  config.tls_certificate = "server.pem";
  EXPECT_EQ(issuer_of(config).value, "https://127.0.0.1:9000");
  config.listen = ListenAddress::parse("unix:/run/cardea.sock").value();
  EXPECT_EQ(issuer_of(config).value, "https://localhost");
}

}  // namespace
}  // namespace cardea::service
