#include <gtest/gtest.h>

#include <cardea/service/wiring/configured_secret.hpp>

namespace cardea::service {
namespace {

std::string refusal_of(const Config& config) {
  const auto secret = configured_secret_of(config);
  return secret ? "" : std::string(secret.error().public_text());
}

TEST(ConfiguredSecret, IsRefusedBelowTheSizeOfItsHash) {
  Config config;
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e482");
  EXPECT_EQ(
      refusal_of(config),
      "jwt_secret: has 31 bytes, and HS256 needs 32 or more; write random bytes, such as `openssl rand -base64 48` "
      "gives");
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  EXPECT_EQ(refusal_of(config), "");
  config.signing_algorithm = Algorithm::hs512;
  EXPECT_TRUE(refusal_of(config).contains("HS512 needs 64 or more")) << refusal_of(config);
}

TEST(ConfiguredSecret, IsNoPlaceholderWhateverItsLength) {
  for (const auto* text : {"change-me-in-prod", "CHANGE-ME-in-prod-and-make-it-32-bytes-long",
                           "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
                           "your-256-bit-secret-your-256-bit-secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    Config config;
    config.jwt_secret = Secret::copy_of(text);
    EXPECT_TRUE(refusal_of(config).starts_with("jwt_secret: is a placeholder that everybody knows")) << text;
  }
}

TEST(ConfiguredSecret, MayBeWeakInTheDemoWithAWarning) {
  Config config;
  config.demo = true;
  config.jwt_secret = Secret::copy_of("change-me-in-prod");
  EXPECT_EQ(configured_secret_of(config).value().warning, "jwt_secret is a placeholder that everybody knows");
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  EXPECT_EQ(configured_secret_of(config).value().warning, "");
  config.jwt_secret = Secret{};
  EXPECT_NE(refusal_of(config), "") << "an empty secret is none, demo or not";
}

TEST(ConfiguredSecret, SignsNothingByAnAlgorithmOfKeyPairs) {
  Config config;
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  config.signing_algorithm = Algorithm::es256;
  EXPECT_EQ(refusal_of(config),
            "jwt_secret: signs nothing by ES256; leave it out, or set signing_algorithm to HS256, HS384 or HS512");
}

}  // namespace
}  // namespace cardea::service
