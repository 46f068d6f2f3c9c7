#include <gtest/gtest.h>

#include <cardea/core/key/reseal.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/master_key_file.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <cardea/service/wiring/token_rules.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;
using std::filesystem::perms;

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

class SigningKeysTest : public testing::Test {
 protected:
  SigningKeysTest() {
    config_.database = sql::DatabaseUrl::parse("sqlite:" + (folder_ / "a.db").string()).value();
    config_.access_token_lifetime = std::chrono::minutes{30};
    config_.jwks_cache = 300s;
    accounts_.emplace(Accounts::open(config_, kNoon).value());
  }

  Result<SigningKeys> open(RingUse use = RingUse::serving) {
    return SigningKeys::open(config_, accounts_->database(), kNoon, use);
  }
  std::string refusal(RingUse use = RingUse::serving) {
    const auto keys = open(use);
    return keys ? "" : std::string(keys.error().public_text());
  }
  std::filesystem::path master_key() { return folder_ / "a.master-key"; }

  TemporaryFolder folder_;
  Config config_;
  std::optional<Accounts> accounts_;
};

KeyId signing(const SigningKeys& keys) { return keys.signers()->signer_at(kNoon)->key().id(); }

TEST_F(SigningKeysTest, AreMadeOnceForEveryAlgorithmAndSealedUnderAKeyOfTheOwnerOnly) {
  const auto first = signing(open().value());
  EXPECT_EQ(std::filesystem::status(master_key()).permissions(), perms{0600});
  EXPECT_EQ(signing(open(RingUse::reading).value()), first);
}

TEST_F(SigningKeysTest, AreNotMadeForWhoOnlyVerifies) {
  EXPECT_TRUE(refusal(RingUse::reading).ends_with("has no key yet; `cardea serve` makes one on its first start"));
  EXPECT_FALSE(std::filesystem::exists(master_key()));
}

TEST_F(SigningKeysTest, AreNotOpenedWithoutTheMasterKeyAndNoOtherIsMade) {
  open().value();
  std::filesystem::remove(master_key());
  EXPECT_TRUE(refusal().contains("a.master-key: is missing, and the database has keys that only it opens"));
  EXPECT_FALSE(std::filesystem::exists(master_key()));
}

TEST_F(SigningKeysTest, AreNotOpenedByAnotherMasterKey) {
  open().value();
  ASSERT_TRUE(MasterKeyFile::at(master_key()).write(MasterKeys::generate()));
  EXPECT_TRUE(refusal().contains("a.master-key: is not the master key that sealed the keys in the database"))
      << refusal();
}

TEST_F(SigningKeysTest, AreNotOpenedByAMasterKeyThatOthersCanRead) {
  open().value();
  std::filesystem::permissions(master_key(), perms{0644});
  EXPECT_TRUE(refusal().contains("run chmod 600")) << refusal();
}

TEST_F(SigningKeysTest, TakeTheMasterKeyFromWhereItIsNamed) {
  config_.master_key_file = folder_ / "elsewhere";
  open().value();
  EXPECT_TRUE(std::filesystem::exists(folder_ / "elsewhere"));
  EXPECT_FALSE(std::filesystem::exists(master_key()));
}

TEST_F(SigningKeysTest, TakeACredentialOfSystemdBeforeTheFileBesideTheDatabase) {
  config_.master_key_credential = folder_.write("credential", MasterKeys::generate().text().expose());
  open().value();
  EXPECT_FALSE(std::filesystem::exists(master_key()));
}

TEST_F(SigningKeysTest, AreTheConfiguredSecretAloneWhereThereIsOne) {
  config_.jwt_secret = Secret::copy_of("b7f3a1c09d5e4826b7f3a1c09d5e4826");
  const auto keys = open(RingUse::reading).value();
  EXPECT_FALSE(keys.ring());
  EXPECT_EQ(keys.signers()->signer_at(kNoon)->key().algorithm(), Algorithm::hs256);
  EXPECT_FALSE(std::filesystem::exists(master_key()));
}

TEST_F(SigningKeysTest, TakeOverTheSecretThatAnEarlierVersionMade) {
  const std::string secret(64, 'k');
  folder_.write("a.jwt-secret", secret + "\n");
  const auto keys = open().value();
  const auto earlier = HmacKey::from_secret(Secret::copy_of(secret), Algorithm::hs256).value();
  EXPECT_EQ(signing(keys), earlier.id());
}

TEST_F(SigningKeysTest, RefuseAnEarlierSecretThatOthersCanRead) {
  folder_.write("a.jwt-secret", std::string(64, 'k'), perms{0644});
  EXPECT_TRUE(refusal().contains("run chmod 600")) << refusal();
}

TEST_F(SigningKeysTest, AreSealedUnderANewMasterKeyAndTheOldOneOpensNothing) {
  config_.signing_algorithm = Algorithm::es256;
  const auto keys = open().value();
  keys.ring()->rotate(Takeover::at_once, kNoon).value();
  const auto before = MasterKeyFile::at(master_key()).read().value();
  EXPECT_EQ(SigningKeys::reseal(config_, accounts_->database()).value(), 2U);
  EXPECT_EQ(signing(open(RingUse::reading).value()), signing(keys));
  EXPECT_EQ(MasterKeyFile::at(master_key()).read()->keys().size(), 1U);
  ASSERT_TRUE(MasterKeyFile::at(master_key()).write(before));
  EXPECT_NE(refusal(), "");
}

TEST_F(SigningKeysTest, GoOnRotatingInAServerThatRanBeforeTheyWereResealed) {
  const auto running = open().value();
  SigningKeys::reseal(config_, accounts_->database()).value();
  running.ring()->rotate(Takeover::at_once, kNoon).value();
  EXPECT_EQ(signing(open(RingUse::reading).value()), signing(running));
}

TEST_F(SigningKeysTest, AreNotResealedWhereTheMasterKeyIsNotInAFileOfOurs) {
  config_.master_key_credential = folder_.write("credential", MasterKeys::generate().text().expose());
  EXPECT_EQ(SigningKeys::reseal(config_, accounts_->database()).error().code(), ErrorCode::configuration_invalid);
}

}  // namespace
}  // namespace cardea::service
