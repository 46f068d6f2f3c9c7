#include <cardea/core/api_key/cached_api_key_store.hpp>

#include "api_key/api_key_store_contract.hpp"
#include "api_key/watched_api_key_store.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;

class CachedApiKeyStores {
 public:
  ApiKeyStore& store() { return cached_; }

 private:
  MemoryApiKeyStore memory_;
  CachedApiKeyStore cached_{memory_, 2};  // so few that keys are forgotten under way
};

INSTANTIATE_TYPED_TEST_SUITE_P(Cached, ApiKeyStoreContract, CachedApiKeyStores);

class CachedApiKeyStoreTest : public testing::Test {
 protected:
  ApiKey added(const std::string& digest) {
    ApiKey made{.id = ApiKeyId::random(),
                .owner = {owner, Username::parse("alice").value()},
                .name = ApiKeyName::parse("backup").value(),
                .scopes = {},
                .created_at = noon,
                .expires_at = noon + 24h,
                .last_used_at = std::nullopt,
                .revoked_at = std::nullopt};
    EXPECT_TRUE(behind.add(made, digest));
    return made;
  }
  bool is_found_revoked() { return cached.find_by_digest("d").value()->revoked_at.has_value(); }

  const UserId owner{1};
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  test::WatchedApiKeyStore behind;
  CachedApiKeyStore cached{behind};
  const ApiKey key = added("d");
};

TEST_F(CachedApiKeyStoreTest, AsksTheStoreOnceForAKey) {
  EXPECT_EQ(cached.find_without_waiting("d"), std::nullopt);
  EXPECT_EQ(cached.find_by_digest("d").value(), key);
  EXPECT_EQ(cached.find_by_digest("d").value(), key);
  EXPECT_EQ(cached.find_without_waiting("d"), key);
  EXPECT_EQ(behind.look_ups, 1);
}

TEST_F(CachedApiKeyStoreTest, AsksAgainForADigestOfNoKey) {
  EXPECT_EQ(cached.find_by_digest("e").value(), std::nullopt);
  const auto late = added("e");
  EXPECT_EQ(cached.find_by_digest("e").value(), late);
}

TEST_F(CachedApiKeyStoreTest, ShowsARevocationMadeThroughItAtOnce) {
  cached.find_by_digest("d").value();
  ASSERT_TRUE(cached.revoke(key.id, owner, noon).value());
  EXPECT_EQ(cached.find_without_waiting("d"), std::nullopt);
  EXPECT_TRUE(is_found_revoked());
}

TEST_F(CachedApiKeyStoreTest, ShowsARevocationOfAllMadeThroughItAtOnce) {
  cached.find_by_digest("d").value();
  ASSERT_EQ(cached.revoke_all(owner, noon).value(), 1U);
  EXPECT_TRUE(is_found_revoked());
}

TEST_F(CachedApiKeyStoreTest, ShowsARevocationThatMayOrMayNotHaveHappened) {
  cached.find_by_digest("d").value();
  behind.breaks = true;
  EXPECT_EQ(cached.revoke(key.id, owner, noon).error().code(), ErrorCode::store_unavailable);
  behind.breaks = false;
  EXPECT_TRUE(is_found_revoked());
}

TEST_F(CachedApiKeyStoreTest, ShowsAChangeMadePastItOnceToldOf) {
  cached.find_by_digest("d").value();
  ASSERT_TRUE(behind.revoke(key.id, owner, noon).value());
  EXPECT_FALSE(is_found_revoked());
  cached.invalidate_all();
  EXPECT_TRUE(is_found_revoked());
}

TEST_F(CachedApiKeyStoreTest, DoesNotRememberARowReadBeforeAnInvalidation) {
  behind.before_answering = [&] { ASSERT_TRUE(cached.revoke(key.id, owner, noon).value()); };
  EXPECT_FALSE(is_found_revoked()) << "the row as it was when it was read";
  EXPECT_EQ(cached.find_without_waiting("d"), std::nullopt);
  EXPECT_TRUE(is_found_revoked());
}

TEST_F(CachedApiKeyStoreTest, RemembersAUseAndTellsTheStoreOnceInAStep) {
  cached.find_by_digest("d").value();
  EXPECT_TRUE(cached.touch(key.id, noon).value());
  EXPECT_FALSE(cached.touch(key.id, noon + ApiKey::kUseStep - 1us).value());
  EXPECT_EQ(cached.find_without_waiting("d")->last_used_at, noon);
  EXPECT_EQ(behind.touches, 1);
  EXPECT_TRUE(cached.touch(key.id, noon + ApiKey::kUseStep).value());
  EXPECT_EQ(behind.touches, 2);
}

TEST_F(CachedApiKeyStoreTest, DoesNotAskAStoreThatIsDownToWriteEveryUse) {
  cached.find_by_digest("d").value();
  behind.breaks = true;
  EXPECT_EQ(cached.touch(key.id, noon).error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(cached.touch(key.id, noon + 1s).value());
  EXPECT_EQ(behind.touches, 1);
}

TEST_F(CachedApiKeyStoreTest, PassesAFailureOnAndDoesNotRememberIt) {
  behind.breaks = true;
  EXPECT_EQ(cached.find_by_digest("d").error().code(), ErrorCode::store_unavailable);
  behind.breaks = false;
  EXPECT_EQ(cached.find_by_digest("d").value(), key);
}

TEST_F(CachedApiKeyStoreTest, HoldsNoMoreThanItsCapacity) {
  CachedApiKeyStore small{behind, 2};
  added("e");
  added("f");
  for (const auto* digest : {"d", "e", "f"}) small.find_by_digest(digest).value();
  EXPECT_FALSE(small.find_without_waiting("d")) << "the one found first";
  EXPECT_TRUE(small.find_without_waiting("e"));
  EXPECT_TRUE(small.find_without_waiting("f"));
}

}  // namespace
}  // namespace cardea
