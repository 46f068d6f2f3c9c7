#include <gtest/gtest.h>

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/api_key/api_key_authenticator.hpp>
#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/core/api_key/cached_api_key_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "api_key/watched_api_key_store.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;

const Origin kOrigin{"192.0.2.7", "request-1"};

// erin is an editor with a key for "posts:write reports:read", of which her role has the first.
class ApiKeyAuthenticatorTest : public testing::Test {
 protected:
  static RolePermissions permissions() {
    auto granted = RolePermissions::administrators_may_everything();
    granted.grant(Role::parse("editor").value(), Permission::parse("posts:*").value());
    return granted;
  }
  User add(std::string_view name, std::string_view role) {
    return users.add({Username::parse(name).value(), Role::parse(role).value(), PasswordHash{"x"}}, noon).value();
  }
  std::string key_of(const User& user, std::string_view scope) {
    MemoryAuditSink elsewhere;
    const auto everything = PermissionSet::from_scope("*");
    const NewApiKey wanted{ApiKeyName::parse("backup").value(), PermissionSet::from_scope(scope), std::chrono::days{1}};
    const auto created = ApiKeyAdministration{keys, elsewhere}
                             .create({user.id, user.username}, everything, wanted, kOrigin, noon)
                             .value();
    return std::string(created.text.expose());
  }
  Result<Principal> principal_of(const std::string& text) { return principal_of(text, noon); }
  Result<Principal> principal_of(const std::string& text, Instant now) {
    return authenticator.principal_of(text, kOrigin, now);
  }
  auto known_now(const std::string& text, Instant now) { return authenticator.principal_known_now(text, kOrigin, now); }
  ApiKey stored(const std::string& text) {
    return behind.rows.find_by_digest(api_key_digest_of(text).value()).value().value();
  }
  void expect_one_refusal(ErrorCode reason, std::string_view subject) {
    const auto events = audit.events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].action, AuditAction::token_refused);
    EXPECT_EQ(events[0].subject, subject);
    EXPECT_EQ(events[0].origin.address, "192.0.2.7");
    EXPECT_EQ(events[0].reason, reason);
  }
  void expect_invalid(const Result<Principal>& refusal, ErrorCode reason) {
    ASSERT_FALSE(refusal);
    EXPECT_EQ(refusal.error().code(), ErrorCode::token_invalid);
    EXPECT_EQ(refusal.error().public_text(), "Invalid or expired token");
    EXPECT_EQ(refusal.error().private_text(), name_of(reason));
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  MemoryUserStore users;
  CachedUserStore known_users{users};
  test::WatchedApiKeyStore behind;
  CachedApiKeyStore keys{behind};
  MemoryAuditSink audit;
  ApiKeyAuthenticator authenticator{keys, known_users, audit, permissions()};
  const User erin = add("erin", "editor");
  const std::string erins = key_of(erin, "posts:write reports:read");
};

TEST_F(ApiKeyAuthenticatorTest, FindsTheOwnerWithWhatBothTheKeyAndTheRoleAllow) {
  EXPECT_EQ(principal_of(erins).value(), (Principal{"erin", PermissionSet::from_scope("posts:write")}));
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(ApiKeyAuthenticatorTest, LetsAKeyWithoutScopesDoNothing) {
  EXPECT_EQ(principal_of(key_of(add("alice", "admin"), "")).value(), (Principal{"alice", {}}));
}

TEST_F(ApiKeyAuthenticatorTest, NarrowsAKeyToWhatTheRoleMayNow) {
  ASSERT_TRUE(principal_of(erins));
  ASSERT_TRUE(known_users.set_role(erin.id, Role::parse("user").value(), noon));
  EXPECT_EQ(principal_of(erins)->permissions, PermissionSet{});
  ASSERT_TRUE(known_users.set_role(erin.id, Role::parse("admin").value(), noon));
  EXPECT_EQ(principal_of(erins)->permissions.to_scope(), "posts:write reports:read");
}

TEST_F(ApiKeyAuthenticatorTest, RefusesTextThatIsNoKeyWithoutAskingTheStore) {
  for (const auto& text : {std::string(), std::string("cardea_pat_"), erins + "A", erins.substr(1)}) {
    expect_invalid(principal_of(text), ErrorCode::token_malformed);
    const auto at_once = known_now(text, noon);
    ASSERT_TRUE(at_once);
    expect_invalid(*at_once, ErrorCode::token_malformed);
  }
  EXPECT_EQ(audit.events().size(), 8U);
  EXPECT_EQ(behind.look_ups, 0);
}

TEST_F(ApiKeyAuthenticatorTest, RefusesAKeyThatIsNoneOfOurs) {
  const std::string foreign(new_api_key_text().expose());
  EXPECT_FALSE(known_now(foreign, noon));
  expect_invalid(principal_of(foreign), ErrorCode::api_key_unknown);
  expect_one_refusal(ErrorCode::api_key_unknown, "");
}

TEST_F(ApiKeyAuthenticatorTest, RefusesAKeyInTheVeryMomentItExpires) {
  EXPECT_TRUE(principal_of(erins, noon + 24h - 1us));
  expect_invalid(principal_of(erins, noon + 24h), ErrorCode::api_key_expired);
  expect_one_refusal(ErrorCode::api_key_expired, "erin");
  expect_invalid(*known_now(erins, noon + 48h), ErrorCode::api_key_expired);
}

TEST_F(ApiKeyAuthenticatorTest, RefusesARevokedKeyOnTheNextRequest) {
  ASSERT_TRUE(principal_of(erins));
  ASSERT_TRUE(known_now(erins, noon + 1s).value());
  ASSERT_TRUE(keys.revoke(stored(erins).id, erin.id, noon).value());
  EXPECT_FALSE(known_now(erins, noon + 1s));
  expect_invalid(principal_of(erins), ErrorCode::api_key_revoked);
  expect_one_refusal(ErrorCode::api_key_revoked, "erin");
}

TEST_F(ApiKeyAuthenticatorTest, RefusesADisabledAndADeletedOwnerOnTheNextRequest) {
  ASSERT_TRUE(principal_of(erins));
  ASSERT_TRUE(known_users.set_state(erin.id, AccountState::disabled, noon));
  EXPECT_FALSE(known_now(erins, noon + 1s));
  EXPECT_EQ(principal_of(erins).error().code(), ErrorCode::user_disabled);
  expect_one_refusal(ErrorCode::user_disabled, "erin");
  ASSERT_TRUE(known_users.set_state(erin.id, AccountState::active, noon));
  EXPECT_TRUE(principal_of(erins));
  ASSERT_TRUE(known_users.set_state(erin.id, AccountState::deleted, noon));
  EXPECT_EQ(principal_of(erins).error().code(), ErrorCode::user_not_found);
}

TEST_F(ApiKeyAuthenticatorTest, KnowsAPrincipalNowOnceBothStoresDo) {
  EXPECT_FALSE(known_now(erins, noon));
  const auto principal = principal_of(erins).value();
  EXPECT_EQ(known_now(erins, noon + 1s)->value(), principal);
  known_users.invalidate_all();
  EXPECT_FALSE(known_now(erins, noon + 1s));
  EXPECT_EQ(behind.look_ups, 1);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(ApiKeyAuthenticatorTest, WritesAUseDownOnceInAStepWhereItMayBlock) {
  for (const auto offset : {0us, 1us, 59'999'999us}) ASSERT_TRUE(principal_of(erins, noon + offset));
  EXPECT_EQ(stored(erins).last_used_at, noon);
  EXPECT_EQ(behind.touches, 1);
  EXPECT_TRUE(known_now(erins, noon + ApiKey::kUseStep - 1us));
  EXPECT_FALSE(known_now(erins, noon + ApiKey::kUseStep)) << "the store is to be told";
  ASSERT_TRUE(principal_of(erins, noon + ApiKey::kUseStep));
  EXPECT_EQ(stored(erins).last_used_at, noon + ApiKey::kUseStep);
}

TEST_F(ApiKeyAuthenticatorTest, CallsARefusedKeyNotUsed) {
  ASSERT_TRUE(known_users.set_state(erin.id, AccountState::disabled, noon));
  EXPECT_FALSE(principal_of(erins));
  EXPECT_EQ(behind.touches, 0);
}

TEST_F(ApiKeyAuthenticatorTest, PassesOnAStoreThatIsDownAndCallsItNoRefusal) {
  behind.breaks = true;
  EXPECT_EQ(principal_of(erins).error().code(), ErrorCode::store_unavailable);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(ApiKeyAuthenticatorTest, LetsNobodyInOnceWhatItRemembersHasGrownOld) {
  Freshness freshness;
  const ApiKeyAuthenticator fresh{keys, known_users, audit, permissions(), &freshness};
  behind.before_answering = [&] { freshness.end_now(); };
  EXPECT_EQ(fresh.principal_of(erins, kOrigin, noon).error().code(), ErrorCode::store_unavailable)
      << "while the store was asked";
  ASSERT_EQ(behind.look_ups, 1);
  ASSERT_TRUE(principal_of(erins)) << "and remembers it";

  EXPECT_EQ(fresh.principal_of(erins, kOrigin, noon).error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(fresh.principal_known_now(erins, kOrigin, noon)->error().code(), ErrorCode::store_unavailable);
  EXPECT_TRUE(audit.events().empty());
  freshness.last_until(Freshness::Clock::now() + 1h);
  EXPECT_TRUE(fresh.principal_known_now(erins, kOrigin, noon).value());
}

TEST_F(ApiKeyAuthenticatorTest, LetsAKnownKeyInThoughItsUseCannotBeWrittenDown) {
  ASSERT_TRUE(principal_of(erins));
  behind.breaks = true;
  EXPECT_TRUE(principal_of(erins, noon + 1h));
  EXPECT_TRUE(known_now(erins, noon + 1h + 1s).value());
}

}  // namespace
}  // namespace cardea
