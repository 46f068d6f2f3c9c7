// What every ApiKeyStore does, sentence by sentence of cardea/core/api_key/api_key_store.hpp.
//
// A store's test defines a type with an `ApiKeyStore& store()` over an empty store of its own in which the users 1,
// alice, and 2, bob, may have keys, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ApiKeyStoreContract, MemoryApiKeyStores);
#pragma once

#include <gtest/gtest.h>

#include <cardea/core/api_key/api_key_store.hpp>
#include <string>
#include <vector>

namespace cardea {

template <class Stores>
class ApiKeyStoreContract : public testing::Test {
 protected:
  ApiKeyStore& store() { return stores_.store(); }

  const ApiKeyOwner alice{UserId{1}, Username::parse("alice").value()};
  const ApiKeyOwner bob{UserId{2}, Username::parse("bob").value()};
  const Instant noon = parse_instant("2026-01-01T12:00:00.000001Z").value();
  const Instant later = noon + std::chrono::minutes{5};

  ApiKey new_key(const ApiKeyOwner& owner, Instant at) const {
    return {.id = ApiKeyId::random(),
            .owner = owner,
            .name = ApiKeyName::parse("nightly \"☂\" backup").value(),
            .scopes = PermissionSet::from_scope("posts:* reports:read"),
            .created_at = at,
            .expires_at = at + std::chrono::days{90},
            .last_used_at = std::nullopt,
            .revoked_at = std::nullopt};
  }
  static std::string digest_of(const ApiKey& key) { return "digest of " + key.id.text(); }
  ApiKey added(const ApiKeyOwner& owner, Instant at) {
    auto key = new_key(owner, at);
    EXPECT_TRUE(store().add(key, digest_of(key)));
    return key;
  }
  std::optional<ApiKey> found(const ApiKey& key) { return store().find_by_digest(digest_of(key)).value(); }
  std::vector<ApiKeyId> listed(const ApiKeyOwner& owner) {
    std::vector<ApiKeyId> ids;
    const auto keys = store().list(owner.id).value();
    for (const auto& key : keys) ids.push_back(key.id);
    return ids;
  }

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(ApiKeyStoreContract);

TYPED_TEST_P(ApiKeyStoreContract, FindsWhatWasAddedByItsDigestAlone) {
  const auto key = this->added(this->alice, this->noon);
  const auto other = this->added(this->bob, this->noon);
  EXPECT_EQ(this->found(key), key);
  EXPECT_EQ(this->found(other), other);
  EXPECT_FALSE(this->store().find_by_digest("another").value());
  EXPECT_FALSE(this->store().find_by_digest(key.id.text()).value());
}

TYPED_TEST_P(ApiKeyStoreContract, KeepsAKeyWithoutScopes) {
  auto key = this->new_key(this->alice, this->noon);
  key.scopes = PermissionSet{};
  ASSERT_TRUE(this->store().add(key, this->digest_of(key)));
  EXPECT_EQ(this->found(key), key);
}

TYPED_TEST_P(ApiKeyStoreContract, RefusesAnIdOrADigestTwice) {
  const auto key = this->added(this->alice, this->noon);
  auto other = this->new_key(this->bob, this->noon);
  EXPECT_EQ(this->store().add(other, this->digest_of(key)).error().code(), ErrorCode::conflict);
  other.id = key.id;
  EXPECT_EQ(this->store().add(other, "another").error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->found(key), key);
  EXPECT_TRUE(this->listed(this->bob).empty());
}

TYPED_TEST_P(ApiKeyStoreContract, ListsAnOwnersKeysTheNewestFirst) {
  const auto first = this->added(this->alice, this->noon);
  const auto third = this->added(this->alice, this->later);
  const auto second = this->added(this->alice, this->noon + std::chrono::microseconds{1});
  this->added(this->bob, this->noon);
  EXPECT_EQ(this->listed(this->alice), (std::vector{third.id, second.id, first.id}));
  EXPECT_EQ(this->store().list(this->alice.id).value().front(), third);
  EXPECT_TRUE(this->store().list(UserId{3}).value().empty());
}

TYPED_TEST_P(ApiKeyStoreContract, RevokesOneOnceAndFindsItStill) {
  auto key = this->added(this->alice, this->noon);
  const auto other = this->added(this->alice, this->noon);
  EXPECT_TRUE(this->store().revoke(key.id, this->alice.id, this->later).value());
  EXPECT_FALSE(this->store().revoke(key.id, this->alice.id, this->later + std::chrono::seconds{1}).value());
  key.revoked_at = this->later;
  EXPECT_EQ(this->found(key), key);
  EXPECT_EQ(this->listed(this->alice), std::vector{other.id});
}

TYPED_TEST_P(ApiKeyStoreContract, DoesNotRevokeAnotherOwnersKey) {
  const auto key = this->added(this->alice, this->noon);
  EXPECT_FALSE(this->store().revoke(key.id, this->bob.id, this->later).value());
  EXPECT_FALSE(this->store().revoke(ApiKeyId::random(), this->alice.id, this->later).value());
  EXPECT_EQ(this->found(key), key);
}

TYPED_TEST_P(ApiKeyStoreContract, RevokesAllOfAnOwner) {
  auto first = this->added(this->alice, this->noon);
  const auto second = this->added(this->alice, this->noon);
  const auto others = this->added(this->bob, this->noon);
  ASSERT_TRUE(this->store().revoke(first.id, this->alice.id, this->noon).value());
  EXPECT_EQ(this->store().revoke_all(this->alice.id, this->later).value(), 1U);
  EXPECT_EQ(this->store().revoke_all(this->alice.id, this->later).value(), 0U);
  EXPECT_EQ(this->found(second)->revoked_at, this->later);
  first.revoked_at = this->noon;
  EXPECT_EQ(this->found(first), first);
  EXPECT_EQ(this->found(others), others);
}

TYPED_TEST_P(ApiKeyStoreContract, WritesAUseDownOnceInAStep) {
  auto key = this->added(this->alice, this->noon);
  const auto other = this->added(this->alice, this->noon);
  EXPECT_TRUE(this->store().touch(key.id, this->later).value());
  EXPECT_FALSE(this->store().touch(key.id, this->later + ApiKey::kUseStep - std::chrono::microseconds{1}).value());
  key.last_used_at = this->later;
  EXPECT_EQ(this->found(key), key);
  EXPECT_TRUE(this->store().touch(key.id, this->later + ApiKey::kUseStep).value());
  key.last_used_at = this->later + ApiKey::kUseStep;
  EXPECT_EQ(this->found(key), key);
  EXPECT_EQ(this->found(other), other);
  EXPECT_FALSE(this->store().touch(ApiKeyId::random(), this->later).value());
}

TYPED_TEST_P(ApiKeyStoreContract, ForgetsWhatHasEndedBeforeATime) {
  const auto expired = this->added(this->alice, this->noon);
  const auto revoked = this->added(this->alice, this->later);
  const auto alive = this->added(this->bob, this->later);
  ASSERT_TRUE(this->store().revoke(revoked.id, this->alice.id, this->later).value());
  EXPECT_EQ(this->store().prune(this->later, 10).value(), 0U);
  EXPECT_EQ(this->store().prune(this->later + std::chrono::microseconds{1}, 10).value(), 1U);
  EXPECT_FALSE(this->found(revoked));
  EXPECT_EQ(this->store().prune(expired.expires_at, 10).value(), 0U);
  EXPECT_EQ(this->store().prune(alive.expires_at, 10).value(), 1U);
  EXPECT_FALSE(this->found(expired));
  EXPECT_EQ(this->found(alive), alive);
}

TYPED_TEST_P(ApiKeyStoreContract, ForgetsNoMoreThanItIsTold) {
  for (int i = 0; i < 5; ++i) this->added(this->alice, this->noon);
  const auto far = this->noon + std::chrono::days{1000};
  EXPECT_EQ(this->store().prune(far, 3).value(), 3U);
  EXPECT_EQ(this->store().prune(far, 3).value(), 2U);
}

REGISTER_TYPED_TEST_SUITE_P(ApiKeyStoreContract, FindsWhatWasAddedByItsDigestAlone, KeepsAKeyWithoutScopes,
                            RefusesAnIdOrADigestTwice, ListsAnOwnersKeysTheNewestFirst, RevokesOneOnceAndFindsItStill,
                            DoesNotRevokeAnotherOwnersKey, RevokesAllOfAnOwner, WritesAUseDownOnceInAStep,
                            ForgetsWhatHasEndedBeforeATime, ForgetsNoMoreThanItIsTold);

}  // namespace cardea
