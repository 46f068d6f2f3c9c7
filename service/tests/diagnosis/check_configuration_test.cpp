#include "diagnosis/check_configuration.hpp"

#include <gtest/gtest.h>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

Config config_with(Texts flags) {
  return load_config({.flags = std::move(flags), .environment = {}, .file = {}}).value().config;
}

TEST(CheckSources, SaysWhereEachOptionCameFrom) {
  const TemporaryFolder folder;
  const auto file = folder.write("cardea.toml", "issuer = \"https://id.example\"\nthreads = 2\n");
  const ConfigSources sources{.flags = {{"listen", "127.0.0.1:1"}},
                              .environment = {{"CARDEA_DATABASE", "sqlite:a.db"}, {"CARDEA_CONFIG", file.string()}},
                              .file = {}};
  EXPECT_EQ(check_sources(load_config(sources).value(), sources).what,
            "listen from flags; database from the environment; issuer, threads from " + file.string() +
                "; the others have their defaults");
  EXPECT_EQ(check_sources(load_config({}).value(), {}).what, "every option has its default");
}

TEST(CheckListen, WarnsOfAnAddressThatOthersReachWithoutTls) {
  EXPECT_EQ(check_listen(config_with({{"listen", "[::1]:80"}})).verdict, Verdict::ok);
  EXPECT_EQ(check_listen(config_with({{"listen", "0.0.0.0:80"}})).verdict, Verdict::warning);
  EXPECT_EQ(check_listen(config_with({{"listen", "0.0.0.0:80"}, {"demo", "true"}})).verdict, Verdict::problem);
}

TEST(CheckListen, IsContentWithTlsAUnixSocketAndWhatSystemdOpens) {
  EXPECT_EQ(check_listen(config_with({{"listen", "0.0.0.0:443"}, {"tls_certificate", "a.pem"}})).verdict, Verdict::ok);
  EXPECT_EQ(check_listen(config_with({{"listen", "unix:/run/a.sock"}})).verdict, Verdict::ok);
  EXPECT_EQ(check_listen(config_with({{"listen", "systemd"}})).verdict, Verdict::ok);
}

TEST(CheckIssuer, WarnsOfOneThatOthersCannotReach) {
  EXPECT_EQ(check_issuer(config_with({})).verdict, Verdict::ok);
  const auto finding = check_issuer(config_with({{"signing_algorithm", "ES256"}}));
  EXPECT_EQ(finding.verdict, Verdict::warning);
  EXPECT_EQ(finding.what, "is not set; tokens say http://127.0.0.1:8000");
  EXPECT_EQ(check_issuer(config_with({{"signing_algorithm", "ES256"}, {"issuer", "https://id.example"}})).verdict,
            Verdict::ok);
}

class CheckSecret : public testing::Test {
 protected:
  static Finding check(std::string secret, bool demo = false) {
    Config config = config_with({});
    config.jwt_secret = Secret{std::move(secret)};
    config.demo = demo;
    return check_secret(config);
  }
};

TEST_F(CheckSecret, IsContentWithALongOne) {
  EXPECT_EQ(check("0123456789abcdefghijklmnopqrstuv").verdict, Verdict::ok);
}

TEST_F(CheckSecret, FindsAShortOneAndAPlaceholderAndRepeatsNeither) {
  for (const auto* secret : {"hunter2-hunter2", "please-change-me-please-change-me-please"}) {
    const auto finding = check(secret);
    EXPECT_EQ(finding.verdict, Verdict::problem) << secret;
    EXPECT_FALSE(finding.what.contains(secret));
  }
}

TEST_F(CheckSecret, OnlyWarnsInTheDemo) { EXPECT_EQ(check("hunter2-hunter2", true).verdict, Verdict::warning); }

}  // namespace
}  // namespace cardea::service
