#include <gtest/gtest.h>

#include <cardea/service/wiring/signing_key.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

Config config_in(const TemporaryFolder& folder) {
  Config config;
  config.secret_file = folder / "jwt-secret";
  return config;
}

std::string refusal_of(const Config& config, AbsentSecret absent = AbsentSecret::make) {
  const auto loaded = load_signing_key(config, absent);
  return loaded ? "" : std::string(loaded.error().public_text());
}

TEST(SigningKey, IsMadeOnceAndKeptForItsOwnerOnly) {
  const TemporaryFolder folder;
  const auto config = config_in(folder);
  const auto first = load_signing_key(config, AbsentSecret::make).value().key;
  EXPECT_EQ(std::filesystem::status(*config.secret_file).permissions(), perms{0600});
  EXPECT_EQ(load_signing_key(config, AbsentSecret::refuse).value().key.id(), first.id());
}

TEST(SigningKey, IsAnotherOneInAnotherPlace) {
  const TemporaryFolder here, there;
  EXPECT_NE(load_signing_key(config_in(here), AbsentSecret::make).value().key.id(),
            load_signing_key(config_in(there), AbsentSecret::make).value().key.id());
}

TEST(SigningKey, GoesWithEveryAlgorithmWhenItIsGenerated) {
  const TemporaryFolder folder;
  auto config = config_in(folder);
  for (const auto algorithm : all_algorithms()) {
    config.signing_algorithm = algorithm;
    EXPECT_EQ(load_signing_key(config, AbsentSecret::make).value().key.algorithm(), algorithm);
  }
}

TEST(SigningKey, IsNotMadeForWhoOnlyVerifies) {
  const TemporaryFolder folder;
  const auto config = config_in(folder);
  EXPECT_TRUE(refusal_of(config, AbsentSecret::refuse).ends_with("`cardea serve` makes one on its first start"));
  EXPECT_FALSE(std::filesystem::exists(*config.secret_file));
}

TEST(SigningKey, IsRefusedFromAFileThatOthersCanRead) {
  const TemporaryFolder folder;
  const auto config = config_in(folder);
  folder.write("jwt-secret", std::string(64, 'k') + "\n", perms{0644});
  EXPECT_TRUE(refusal_of(config).contains("run chmod 600")) << refusal_of(config);
}

TEST(SigningKey, IsRefusedBelowTheSizeOfItsHash) {
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

TEST(SigningKey, IsNoPlaceholderWhateverItsLength) {
  for (const auto* text : {"change-me-in-prod", "CHANGE-ME-in-prod-and-make-it-32-bytes-long",
                           "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
                           "your-256-bit-secret-your-256-bit-secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    Config config;
    config.jwt_secret = Secret::copy_of(text);
    EXPECT_TRUE(refusal_of(config).starts_with("jwt_secret: is a placeholder that everybody knows")) << text;
  }
}

TEST(SigningKey, MayBeWeakInTheDemoWithAWarning) {
  Config config;
  config.demo = true;
  config.jwt_secret = Secret::copy_of("change-me-in-prod");
  EXPECT_EQ(load_signing_key(config, AbsentSecret::make).value().warning,
            "jwt_secret is a placeholder that everybody knows");
  config.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  EXPECT_EQ(load_signing_key(config, AbsentSecret::make).value().warning, "");
  config.jwt_secret = Secret{};
  EXPECT_NE(refusal_of(config), "") << "an empty secret is none, demo or not";
}

}  // namespace
}  // namespace cardea::service
