#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/client/cached_client_store.hpp>
#include <cardea/core/client/memory_client_store.hpp>
#include <functional>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;
using test::signed_text;

const Origin kOrigin{"192.0.2.7", "request-1"};

// Counts the look-ups, and fails them when told to.
class WatchedUserStore final : public UserStore {
 public:
  Result<std::optional<User>> find(const Username& username) override {
    ++look_ups;
    before_answering();
    if (is_down) return failure(ErrorCode::store_unavailable);
    return users.find(username);
  }
  Result<std::optional<User>> find(UserId id) override { return ++look_ups, users.find(id); }
  Result<std::optional<UserCredentials>> find_credentials(const Username& username) override {
    return ++look_ups, users.find_credentials(username);
  }
  Result<User> add(const NewUser& user, Instant now) override { return users.add(user, now); }
  Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                            Instant now) override {
    return users.change(id, change, conditions, now);
  }
  Result<std::vector<bool>> add_imported(std::span<const ImportedUser> imported, Instant now) override {
    return users.add_imported(imported, now);
  }
  Result<std::optional<UserRecord>> find_record(UserId id) override { return users.find_record(id); }
  Result<User> restore(UserId id, Instant now) override { return users.restore(id, now); }
  Done set_reset(UserId id, const std::string& digest, Instant end, Instant now) override {
    return users.set_reset(id, digest, end, now);
  }
  Result<std::optional<User>> find_by_reset(const std::string& digest, Instant now) override {
    return users.find_by_reset(digest, now);
  }
  Result<std::optional<User>> use_reset(const std::string& digest, const PasswordHash& hash, Instant now) override {
    return users.use_reset(digest, hash, now);
  }
  Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) override {
    return users.set_password_hash(id, hash, now);
  }
  Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                     Instant now) override {
    return users.replace_password_hash(id, expected, replacement, now);
  }
  Result<UserPage> list(std::optional<UserId> after, std::size_t limit) override { return users.list(after, limit); }
  Result<UserRecordPage> search(const UserQuery& query, Instant now) override { return users.search(query, now); }
  Result<bool> has_active_with(std::span<const Role> roles, Instant now) override {
    return users.has_active_with(roles, now);
  }
  Result<ExportedPage> list_exported(std::optional<UserId> after, std::size_t limit) override {
    return users.list_exported(after, limit);
  }
  Done check() override { return {}; }

  MemoryUserStore users;
  int look_ups = 0;
  bool is_down = false;
  std::function<void()> before_answering = [] {};
};

class TokenAuthenticatorTest : public testing::Test {
 protected:
  User add(std::string_view username, std::string_view role) {
    return store
        .add({Username::parse(username).value(), Role::parse(role).value(), PasswordHash{"no hash at all"}}, kNoon)
        .value();
  }
  Result<User> authenticate(std::string_view claims) {
    const auto token = authenticator.verify(signed_text(test::kPlainHeader, claims), kOrigin, kNoon);
    return authenticator.user_of(*token.value(), kOrigin, kNoon);
  }
  Result<Principal> principal_of(std::string_view claims) {
    const auto token = authenticator.verify(signed_text(test::kPlainHeader, claims), kOrigin, kNoon);
    return authenticator.principal_of(*token.value(), kOrigin, kNoon);
  }
  // What editors may, and admins everything.
  static RolePermissions permissions() {
    auto granted = RolePermissions::administrators_may_everything();
    for (const auto* name : {"posts:*", "reports:read"}) {
      granted.grant(Role::parse("editor").value(), Permission::parse(name).value());
    }
    return granted;
  }
  void expect_one_refusal(ErrorCode reason, std::string_view subject) {
    const auto events = audit.events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].at, kNoon);
    EXPECT_EQ(events[0].action, AuditAction::token_refused);
    EXPECT_EQ(events[0].subject, subject);
    EXPECT_EQ(events[0].origin.address, "192.0.2.7");
    EXPECT_EQ(events[0].origin.request_id, "request-1");
    EXPECT_EQ(events[0].reason, reason);
  }

  WatchedUserStore store;
  MemoryAuditSink audit;
  TokenVerifier verifier{VerificationKeySet{VerificationKey{test::key_of()}}, TokenPolicy::tutorial()};
  TokenAuthenticator authenticator{verifier, store, audit, permissions()};
};

TEST_F(TokenAuthenticatorTest, FindsTheUserOfAGoodToken) {
  const auto alice = add("alice", "admin");
  EXPECT_EQ(authenticate(R"({"sub":"alice","role":"admin","exp":1767270600})").value(), alice);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(TokenAuthenticatorTest, TakesTheRoleFromTheStoreAndNotFromTheToken) {
  const auto bob = add("bob", "user");
  constexpr std::string_view kClaims = R"({"sub":"bob","role":"admin","exp":1767270600})";
  EXPECT_EQ(authenticate(kClaims)->role.name(), "user");
  store.set_role(bob.id, Role::parse("auditor").value(), kNoon).value();
  EXPECT_EQ(authenticate(kClaims)->role.name(), "auditor");
}

TEST_F(TokenAuthenticatorTest, RefusesABadTokenWithoutAskingTheStore) {
  add("alice", "admin");
  const struct {
    std::string token;
    ErrorCode reason;
  } rows[] = {
      {"", ErrorCode::token_malformed},
      {"not a token", ErrorCode::token_malformed},
      {std::string(8193, 'a'), ErrorCode::token_too_large},
      {signed_text(R"({"alg":"none"})", R"({"sub":"alice","exp":1767270600})"), ErrorCode::token_algorithm_refused},
      {signed_text(test::kPlainHeader, R"({"sub":"alice","exp":1767270600})", "another secret"),
       ErrorCode::token_signature_invalid},
      {signed_text(test::kPlainHeader, R"({"sub":"alice","exp":1767268800})"), ErrorCode::token_expired},
      {signed_text(test::kPlainHeader, R"({"sub":"alice"})"), ErrorCode::token_expiry_missing},
      {signed_text(test::kPlainHeader, R"({"sub":1,"exp":1767270600})"), ErrorCode::token_claims_malformed},
  };
  std::size_t refused = 0;
  for (const auto& row : rows) {
    const auto token = authenticator.verify(row.token, kOrigin, kNoon);
    ASSERT_FALSE(token) << row.token;
    EXPECT_EQ(token.error().code(), ErrorCode::token_invalid);
    EXPECT_EQ(token.error().public_text(), "Invalid or expired token");
    EXPECT_EQ(token.error().private_text(), name_of(row.reason));
    const auto events = audit.events();
    ASSERT_EQ(events.size(), ++refused);
    EXPECT_EQ(events.back().action, AuditAction::token_refused);
    EXPECT_EQ(events.back().reason, row.reason);
    EXPECT_EQ(events.back().subject, "") << "an unverified claim in the audit";
    EXPECT_EQ(events.back().origin.request_id, "request-1");
  }
  EXPECT_EQ(store.look_ups, 0);
}

TEST_F(TokenAuthenticatorTest, VerifiesAGoodTokenWithoutAskingTheStore) {
  EXPECT_TRUE(authenticator.verify(signed_text(test::kPlainHeader, R"({"exp":1767270600})"), kOrigin, kNoon));
  EXPECT_EQ(store.look_ups, 0);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(TokenAuthenticatorTest, RefusesATokenWithoutSubject) {
  EXPECT_EQ(authenticate(R"({"exp":1767270600})").error().code(), ErrorCode::token_subject_missing);
  expect_one_refusal(ErrorCode::token_subject_missing, "");
  EXPECT_EQ(authenticate(R"({"sub":"","exp":1767270600})").error().code(), ErrorCode::token_subject_missing);
  EXPECT_EQ(store.look_ups, 0);
}

TEST_F(TokenAuthenticatorTest, RefusesASubjectThatNobodyIs) {
  EXPECT_EQ(authenticate(R"({"sub":"carol","exp":1767270600})").error().code(), ErrorCode::user_not_found);
  expect_one_refusal(ErrorCode::user_not_found, "carol");
}

TEST_F(TokenAuthenticatorTest, RefusesASubjectThatIsNoUserName) {
  add("alice", "admin");
  for (const auto* subject : {"Alice", "alice ", "alice\\u0000", "../alice", "1 or 1=1 --"}) {
    EXPECT_EQ(authenticate(R"({"exp":1767270600,"sub":")" + std::string(subject) + "\"}").error().code(),
              ErrorCode::user_not_found)
        << subject;
  }
  EXPECT_EQ(store.look_ups, 0);
}

TEST_F(TokenAuthenticatorTest, RefusesADisabledAndADeletedUserOnTheNextRequest) {
  const auto bob = add("bob", "user");
  constexpr std::string_view kClaims = R"({"sub":"bob","exp":1767270600})";
  EXPECT_TRUE(authenticate(kClaims));
  store.set_state(bob.id, AccountState::disabled, kNoon).value();
  EXPECT_EQ(authenticate(kClaims).error().code(), ErrorCode::user_disabled);
  expect_one_refusal(ErrorCode::user_disabled, "bob");
  store.set_state(bob.id, AccountState::active, kNoon).value();
  EXPECT_TRUE(authenticate(kClaims));
  store.set_state(bob.id, AccountState::deleted, kNoon).value();
  EXPECT_EQ(authenticate(kClaims).error().code(), ErrorCode::user_not_found);
}

TEST_F(TokenAuthenticatorTest, LetsAUserInAgainWhenTheDisablingIsOver) {
  const auto bob = add("bob", "user");
  CachedUserStore cache{store};
  const TokenAuthenticator cached{verifier, cache, audit};
  const auto token =
      cached.verify(signed_text(test::kPlainHeader, R"({"sub":"bob","exp":1767270600})"), kOrigin, kNoon);
  const auto end = kNoon + std::chrono::minutes{1};
  cache.disable_until(bob.id, end, kNoon).value();
  EXPECT_EQ(cached.user_of(*token.value(), kOrigin, end - std::chrono::microseconds{1}).error().code(),
            ErrorCode::user_disabled);
  EXPECT_TRUE(cached.user_of(*token.value(), kOrigin, end).has_value());
  EXPECT_TRUE(cached.user_known_now(*token.value(), kOrigin, end).value().has_value()) << "nobody has written it down";
}

TEST_F(TokenAuthenticatorTest, PassesOnAStoreThatIsDownAndCallsItNoRefusal) {
  add("bob", "user");
  store.is_down = true;
  EXPECT_EQ(authenticate(R"({"sub":"bob","exp":1767270600})").error().code(), ErrorCode::store_unavailable);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(TokenAuthenticatorTest, FindsThePermissionsOfTheRoleThatTheStoreHas) {
  const auto bob = add("bob", "editor");
  constexpr std::string_view kClaims = R"({"sub":"bob","role":"admin","exp":1767270600})";
  EXPECT_EQ(principal_of(kClaims).value(), (Principal{"bob", PermissionSet::from_scope("posts:* reports:read")}));
  store.set_role(bob.id, Role::parse("user").value(), kNoon).value();
  EXPECT_EQ(principal_of(kClaims).value(), (Principal{"bob", PermissionSet{}}));
  store.set_role(bob.id, Role::parse("admin").value(), kNoon).value();
  EXPECT_EQ(principal_of(kClaims).value(), (Principal{"bob", PermissionSet::from_scope("*")}));
}

TEST_F(TokenAuthenticatorTest, LetsAScopeNarrowThePermissionsAndNeverWidenThem) {
  add("alice", "admin");
  add("bob", "editor");
  const struct {
    std::string_view subject, scope, permissions;
  } rows[] = {
      {"alice", R"("reports:read posts:*")", "posts:* reports:read"},
      {"bob", R"("posts:write users:write")", "posts:write"},
      {"bob", R"("*")", "posts:* reports:read"},
      {"bob", R"("openid")", ""},
      {"bob", R"("")", ""},
      {"bob", R"(["posts:write"])", ""},
      {"bob", "null", ""},
  };
  for (const auto& row : rows) {
    const auto claims =
        R"({"sub":")" + std::string(row.subject) + R"(","exp":1767270600,"scope":)" + std::string(row.scope) + '}';
    EXPECT_EQ(principal_of(claims)->permissions.to_scope(), row.permissions) << claims;
  }
}

TEST_F(TokenAuthenticatorTest, GrantsEverythingToAdministratorsAndNothingToOthersUnlessToldOtherwise) {
  add("alice", "admin");
  add("bob", "editor");
  const TokenAuthenticator plain{verifier, store, audit};
  const auto permissions_of = [&](std::string_view subject) {
    const auto claims = R"({"exp":1767270600,"sub":")" + std::string(subject) + "\"}";
    const auto token = plain.verify(signed_text(test::kPlainHeader, claims), kOrigin, kNoon);
    return plain.principal_of(*token.value(), kOrigin, kNoon)->permissions.to_scope();
  };
  EXPECT_EQ(permissions_of("alice"), "*");
  EXPECT_EQ(permissions_of("bob"), "");
}

TEST_F(TokenAuthenticatorTest, RefusesAPrincipalAsItRefusesTheUser) {
  const auto bob = add("bob", "editor");
  store.set_state(bob.id, AccountState::disabled, kNoon).value();
  EXPECT_EQ(principal_of(R"({"sub":"bob","exp":1767270600})").error().code(), ErrorCode::user_disabled);
  expect_one_refusal(ErrorCode::user_disabled, "bob");
  EXPECT_EQ(principal_of(R"({"sub":"carol","exp":1767270600})").error().code(), ErrorCode::user_not_found);
  EXPECT_EQ(principal_of(R"({"exp":1767270600})").error().code(), ErrorCode::token_subject_missing);
  EXPECT_EQ(audit.events().size(), 3U);
}

TEST_F(TokenAuthenticatorTest, KnowsAPrincipalNowOnlyIfTheStoreKnowsTheUserNow) {
  add("bob", "editor");
  const auto token =
      authenticator.verify(signed_text(test::kPlainHeader, R"({"sub":"bob","exp":1767270600})"), kOrigin, kNoon)
          .value();
  CachedUserStore cached{store};
  const TokenAuthenticator prompt{verifier, cached, audit, permissions()};
  EXPECT_FALSE(prompt.principal_known_now(*token, kOrigin, kNoon));
  const auto principal = prompt.principal_of(*token, kOrigin, kNoon);
  EXPECT_EQ(prompt.principal_known_now(*token, kOrigin, kNoon)->value(), principal.value());
  EXPECT_EQ(store.look_ups, 1);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(TokenAuthenticatorTest, LetsNobodyInWhenWhatItRemembersGrewOldWhileTheStoreWasAsked) {
  add("bob", "editor");
  const auto token =
      authenticator.verify(signed_text(test::kPlainHeader, R"({"sub":"bob","exp":1767270600})"), kOrigin, kNoon)
          .value();
  Freshness freshness;
  const TokenAuthenticator fresh{verifier, store, audit, permissions(), nullptr, nullptr, &freshness};
  ASSERT_TRUE(fresh.user_of(*token, kOrigin, kNoon));
  store.before_answering = [&] { freshness.end_now(); };
  EXPECT_EQ(fresh.user_of(*token, kOrigin, kNoon).error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(store.look_ups, 2);
}

class ClientTokenTest : public TokenAuthenticatorTest {
 protected:
  ClientTokenTest() { clients.add({client, "digest"}).value(); }

  static std::string claims_of(std::string_view subject, std::string_view scope) {
    return R"({"sub":")" + std::string(subject) + R"(","exp":1767270600)" +
           (scope.empty() ? std::string{} : R"(,"scope":")" + std::string(scope) + '"') + '}';
  }
  SharedToken verified(std::string_view subject, std::string_view scope) {
    return with_clients.verify(signed_text(test::kPlainHeader, claims_of(subject, scope)), kOrigin, kNoon).value();
  }
  Result<Principal> principal_with(std::string_view scope) {
    return with_clients.principal_of(*verified(client.id.text(), scope), kOrigin, kNoon);
  }

  const OAuthClient client{ClientId::generate(),
                           ClientName::parse("billing").value(),
                           ClientKind::confidential_client,
                           PermissionSet::from_scope("posts:* users:read"),
                           kNoon,
                           {}};
  MemoryClientStore clients;
  CachedClientStore cached{clients};
  TokenAuthenticator with_clients{verifier, store, audit, permissions(), nullptr, &cached};
};

TEST_F(ClientTokenTest, IsThePrincipalOfTheClientWithWhatScopeAndClientBothAllow) {
  const std::string id{client.id.text()};
  EXPECT_EQ(principal_with("posts:write").value(), (Principal{id, PermissionSet::from_scope("posts:write")}));
  EXPECT_EQ(principal_with("*").value(), (Principal{id, client.scopes}));
  EXPECT_EQ(principal_with("reports:read").value(), (Principal{id, PermissionSet{}}));
  EXPECT_EQ(principal_with("").value(), (Principal{id, PermissionSet{}})) << "without a scope";
  EXPECT_EQ(store.look_ups, 0) << "users were asked for";
}

TEST_F(ClientTokenTest, IsGoodForNobodyWhileNobodyKnowsWhatHasBeenRevoked) {
  add("alice", "admin");
  Freshness freshness;
  const TokenAuthenticator watching{verifier, store, audit, permissions(), nullptr, &cached, &freshness};
  const auto code_for = [&](std::string_view subject) {
    const auto token = verified(subject, "*");
    const auto principal = watching.principal_of(*token, kOrigin, kNoon);
    const auto known = watching.principal_known_now(*token, kOrigin, kNoon);
    if (!principal && known) {
      EXPECT_EQ(known->error().code(), principal.error().code());
    }
    return principal ? std::nullopt : std::optional{principal.error().code()};
  };
  const std::string id{client.id.text()};
  EXPECT_EQ(code_for(id), std::nullopt);
  const int looked_up = store.look_ups;
  freshness.end_now();
  EXPECT_EQ(code_for(id), ErrorCode::store_unavailable);
  EXPECT_EQ(code_for("alice"), ErrorCode::store_unavailable);
  EXPECT_EQ(code_for("carol"), ErrorCode::store_unavailable);
  EXPECT_EQ(store.look_ups, looked_up) << "nothing is asked for";
  freshness.last_until(Freshness::Clock::now() + 1h);
  EXPECT_EQ(code_for(id), std::nullopt);
  EXPECT_EQ(code_for("alice"), std::nullopt);
}

TEST_F(ClientTokenTest, FollowsTheClientFromTheNextRequestOn) {
  EXPECT_EQ(principal_with("*")->permissions, client.scopes);
  cached.set_scopes(client.id, PermissionSet::from_scope("users:read")).value();
  EXPECT_EQ(principal_with("*")->permissions.to_scope(), "users:read");
  cached.disable(client.id, kNoon).value();
  EXPECT_EQ(principal_with("*").error().code(), ErrorCode::client_disabled);
  expect_one_refusal(ErrorCode::client_disabled, client.id.text());
  cached.enable(client.id).value();
  EXPECT_TRUE(principal_with("*"));
}

TEST_F(ClientTokenTest, IsKnownNowOnlyIfTheStoreKnowsTheClientNow) {
  const auto token = verified(client.id.text(), "*");
  EXPECT_FALSE(with_clients.principal_known_now(*token, kOrigin, kNoon));
  EXPECT_TRUE(with_clients.principal_of(*token, kOrigin, kNoon));
  EXPECT_EQ(with_clients.principal_known_now(*token, kOrigin, kNoon)->value().permissions, client.scopes);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(ClientTokenTest, OfAnUnknownClientIsRefused) {
  const auto unknown = ClientId::generate();
  const auto refused = with_clients.principal_of(*verified(unknown.text(), "*"), kOrigin, kNoon);
  EXPECT_EQ(refused.error().code(), ErrorCode::user_not_found);
  expect_one_refusal(ErrorCode::user_not_found, unknown.text());
}

TEST_F(ClientTokenTest, IsNoUsersAndNobodysWhereThereAreNoClients) {
  const auto token = verified(client.id.text(), "*");
  EXPECT_EQ(with_clients.user_of(*token, kOrigin, kNoon).error().code(), ErrorCode::user_not_found);
  EXPECT_EQ(authenticator.principal_of(*token, kOrigin, kNoon).error().code(), ErrorCode::user_not_found);
}

TEST_F(ClientTokenTest, LeavesTheTokensOfUsersAsTheyWere) {
  add("bob", "editor");
  EXPECT_EQ(with_clients.principal_of(*verified("bob", "posts:write"), kOrigin, kNoon)->permissions.to_scope(),
            "posts:write");
  EXPECT_EQ(with_clients.principal_of(*verified("bob", ""), kOrigin, kNoon)->permissions.to_scope(),
            "posts:* reports:read");
}

}  // namespace
}  // namespace cardea
