#include <gtest/gtest.h>

#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "api_key/watched_api_key_store.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;

const Origin kOrigin{"192.0.2.7", "request-1"};

class ApiKeyAdministrationTest : public testing::Test {
 protected:
  static NewApiKey wanted(std::string_view scope, std::chrono::days lifetime = NewApiKey::kDefaultLifetime) {
    return {ApiKeyName::parse("backup").value(), PermissionSet::from_scope(scope), lifetime};
  }
  Result<CreatedApiKey> create(const NewApiKey& key) {
    return administration.create(alice, PermissionSet::from_scope("posts:* reports:read"), key, kOrigin, noon);
  }
  void expect_last_event(AuditAction action, std::optional<ErrorCode> reason) {
    ASSERT_FALSE(audit.events().empty());
    const auto event = audit.events().back();
    EXPECT_EQ(event.at, noon);
    EXPECT_EQ(event.action, action);
    EXPECT_EQ(event.subject, "alice");
    EXPECT_EQ(event.origin.request_id, "request-1");
    EXPECT_EQ(event.reason, reason);
  }

  const ApiKeyOwner alice{UserId{1}, Username::parse("alice").value()};
  const ApiKeyOwner bob{UserId{2}, Username::parse("bob").value()};
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  test::WatchedApiKeyStore store;
  MemoryAuditSink audit;
  ApiKeyAdministration administration{store, audit};
};

TEST_F(ApiKeyAdministrationTest, GivesTheTextOnceAndKeepsItsDigest) {
  const auto created = create(wanted("posts:write")).value();
  EXPECT_EQ(created.key.owner, alice);
  EXPECT_EQ(created.key.name.text(), "backup");
  EXPECT_EQ(created.key.scopes.to_scope(), "posts:write");
  EXPECT_EQ(created.key.created_at, noon);
  EXPECT_EQ(created.key.expires_at, noon + 90 * 24h);
  const auto digest = api_key_digest_of(created.text.expose());
  ASSERT_TRUE(digest);
  EXPECT_EQ(store.find_by_digest(*digest).value(), created.key);
  expect_last_event(AuditAction::api_key_created, std::nullopt);
  EXPECT_EQ(audit.events().size(), 1U);
}

TEST_F(ApiKeyAdministrationTest, LetsAKeyDoNoMoreThanItsMakerMay) {
  for (const auto* scope : {"", "posts:write", "posts:*", "posts:* posts:write reports:read"}) {
    EXPECT_TRUE(create(wanted(scope))) << scope;
  }
  for (const auto* beyond : {"*", "users:read", "reports:*", "reports:write"}) {
    const auto refusal = create(wanted("posts:write " + std::string(beyond)));
    ASSERT_FALSE(refusal) << beyond;
    EXPECT_EQ(refusal.error().code(), ErrorCode::permission_required);
    EXPECT_EQ(refusal.error().details().scope, beyond);
    expect_last_event(AuditAction::api_key_created, ErrorCode::permission_required);
  }
  EXPECT_EQ(administration.list(alice.id)->size(), 4U);
}

TEST_F(ApiKeyAdministrationTest, LetsAKeyLiveForADayAtLeastAndAYearAtMost) {
  for (const auto lifetime : {1, 366}) EXPECT_TRUE(create(wanted("", std::chrono::days{lifetime}))) << lifetime;
  for (const auto lifetime : {-1, 0, 367}) {
    EXPECT_EQ(create(wanted("", std::chrono::days{lifetime})).error().code(), ErrorCode::api_key_rejected) << lifetime;
    expect_last_event(AuditAction::api_key_created, ErrorCode::api_key_rejected);
  }
}

TEST_F(ApiKeyAdministrationTest, LetsAnOwnerHaveSoManyAndNoMore) {
  for (std::size_t i = 0; i < ApiKeyAdministration::kMost; ++i) ASSERT_TRUE(create(wanted("")));
  EXPECT_EQ(create(wanted("")).error().code(), ErrorCode::conflict);
  const auto newest = administration.list(alice.id)->front().id;
  ASSERT_TRUE(administration.revoke(alice, newest, kOrigin, noon));
  EXPECT_TRUE(create(wanted("")));
}

TEST_F(ApiKeyAdministrationTest, RevokesAKeyOnceForItsOwnerOnly) {
  const auto id = create(wanted("")).value().key.id;
  EXPECT_EQ(administration.revoke(bob, id, kOrigin, noon).error().code(), ErrorCode::api_key_not_found);
  EXPECT_EQ(audit.events().back().subject, "bob");
  EXPECT_TRUE(administration.revoke(alice, id, kOrigin, noon));
  expect_last_event(AuditAction::api_key_revoked, std::nullopt);
  EXPECT_EQ(administration.revoke(alice, id, kOrigin, noon).error().code(), ErrorCode::api_key_not_found);
  expect_last_event(AuditAction::api_key_revoked, ErrorCode::api_key_not_found);
  EXPECT_TRUE(administration.list(alice.id)->empty());
}

TEST_F(ApiKeyAdministrationTest, RevokesAllOfAnOwnerWithAnEventForEach) {
  ASSERT_TRUE(create(wanted("")));
  ASSERT_TRUE(create(wanted("")));
  EXPECT_EQ(administration.revoke_all(alice, kOrigin, noon).value(), 2U);
  EXPECT_EQ(audit.events().size(), 4U);
  expect_last_event(AuditAction::api_key_revoked, std::nullopt);
  EXPECT_EQ(administration.revoke_all(alice, kOrigin, noon).value(), 0U);
  EXPECT_EQ(audit.events().size(), 4U);
}

TEST_F(ApiKeyAdministrationTest, SaysThatTheStoreIsDown) {
  const auto id = create(wanted("")).value().key.id;
  store.breaks = true;
  EXPECT_EQ(administration.revoke(alice, id, kOrigin, noon).error().code(), ErrorCode::store_unavailable);
  expect_last_event(AuditAction::api_key_revoked, ErrorCode::store_unavailable);
}

TEST_F(ApiKeyAdministrationTest, ForgetsAKeyAMonthAfterItsEnd) {
  const auto key = create(wanted("", std::chrono::days{1})).value().key;
  EXPECT_EQ(administration.prune(key.expires_at + 30 * 24h).value(), 0U);
  EXPECT_EQ(administration.prune(key.expires_at + 30 * 24h + 1us).value(), 1U);
}

}  // namespace
}  // namespace cardea
