#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/core/access/scope_authenticator.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/document.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <string>
#include <thread>
#include <vector>

namespace cardea::web {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

struct Recorded final : AuditSink {
  void record(const AuditEvent& event) noexcept override { events.push_back(event); }
  std::vector<AuditEvent> events;
};

HmacKey key_of(std::string_view secret) {
  return HmacKey::from_secret(Secret::copy_of(secret), Algorithm::hs256).value();
}

std::string signed_by(const HmacKey& key, std::string_view claims) {
  return TokenSigner{SigningKey{key}}.sign(parse_claims(claims).value()).value();
}

std::string body_of(unsigned status, std::string_view code, std::string_view message) {
  return R"({"error":{"message":")" + std::string(message) + R"(","status":)" + std::to_string(status) +
         R"(,"path":"/posts","code":")" + std::string(code) + R"(","request_id":"test-request"}})";
}

// Requests to an application that has one route for each way to name a principal.
class PermissionTest : public testing::Test {
 protected:
  PermissionTest() {
    app.provide<AuditSink>(audit);
    app.post<"/posts">([](const RequirePermission<"posts:write">& author) { return author->subject; });
    app.get<"/whoami">([](const CurrentPrincipal& caller) {
      return std::vector<std::string>{caller->subject, caller->permissions.to_scope()};
    });
  }
  TestResponse send(Method method, std::string target, std::string token) {
    TestClient client{app};
    client.set_now(kNoon);
    client.use_token(std::move(token));
    Request request;
    request.method = method;
    request.target = std::move(target);
    return client.send(std::move(request));
  }
  TestResponse post(std::string token) { return send(Method::post, "/posts", std::move(token)); }
  std::string whoami(std::string token) { return send(Method::get, "/whoami", std::move(token)).body; }

  const HmacKey key = key_of("0123456789abcdef0123456789abcdef");
  std::shared_ptr<Recorded> audit = std::make_shared<Recorded>();
  App app;
};

// alice is an admin, erin an editor, bob a user.
class StoredPermissionTest : public PermissionTest {
 protected:
  StoredPermissionTest() {
    auto granted = RolePermissions::administrators_may_everything();
    granted.grant(Role::parse("editor").value(), Permission::parse("posts:*").value());
    authenticator = std::make_shared<TokenAuthenticator>(verifier, users, *audit, granted);
    app.provide<PrincipalAuthenticator>(authenticator);
  }
  User add(std::string_view name, std::string_view role) {
    return users.add({Username::parse(name).value(), Role::parse(role).value(), PasswordHash{"x"}}, kNoon).value();
  }
  std::string token_of(std::string_view name, std::string_view more_claims = {}) {
    return signed_by(key, R"({"sub":")" + std::string(name) + R"(","exp":9999999999)" + std::string(more_claims) + '}');
  }

  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  MemoryUserStore users;
  std::shared_ptr<TokenAuthenticator> authenticator;
  const User alice = add("alice", "admin");
  const User erin = add("erin", "editor");
  const User bob = add("bob", "user");
};

TEST_F(StoredPermissionTest, LetsInWhoseRoleHasThePermission) {
  EXPECT_EQ(post(token_of("alice")).body, R"("alice")");
  EXPECT_EQ(post(token_of("erin")).body, R"("erin")");
  EXPECT_EQ(whoami(token_of("erin")), R"(["erin","posts:*"])");
  EXPECT_TRUE(audit->events.empty());
}

TEST_F(StoredPermissionTest, TellsEveryoneElseWhichPermissionIsMissing) {
  const auto denied = post(token_of("bob"));
  EXPECT_EQ(denied.status, 403U);
  EXPECT_EQ(denied.body, body_of(403, "permission_required", "Requires permission: posts:write"));
  EXPECT_EQ(denied.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="posts:write")");
  ASSERT_EQ(audit->events.size(), 1U);
  EXPECT_EQ(audit->events[0].at, kNoon);
  EXPECT_EQ(audit->events[0].action, AuditAction::access_denied);
  EXPECT_EQ(audit->events[0].subject, "bob");
  EXPECT_EQ(audit->events[0].origin.request_id, "test-request");
  EXPECT_EQ(audit->events[0].reason, ErrorCode::permission_required);
}

TEST_F(StoredPermissionTest, RefusesWhoIsNobodyInTheSameWordsAsForUsers) {
  ASSERT_TRUE(users.set_state(erin.id, AccountState::disabled, kNoon));
  const struct {
    std::string token;
    std::string_view code, message, challenge;
  } rows[] = {
      {"", "not_authenticated", "Not authenticated", "Bearer"},
      {"garbage", "token_invalid", "Invalid or expired token", R"(Bearer error="invalid_token")"},
      {signed_by(key_of("another secret of enough length."), R"({"sub":"alice","exp":9999999999})"), "token_invalid",
       "Invalid or expired token", R"(Bearer error="invalid_token")"},
      {signed_by(key, R"({"sub":"alice","exp":1})"), "token_invalid", "Invalid or expired token",
       R"(Bearer error="invalid_token")"},
      {signed_by(key, R"({"exp":9999999999})"), "token_subject_missing", "Token missing subject",
       R"(Bearer error="invalid_token")"},
      {token_of("nobody"), "user_not_found", "User not found", R"(Bearer error="invalid_token")"},
      {token_of("erin"), "user_disabled", "User is disabled", R"(Bearer error="invalid_token")"},
  };
  for (const auto& row : rows) {
    const auto response = post(row.token);
    EXPECT_EQ(response.status, 401U);
    EXPECT_EQ(response.body, body_of(401, row.code, row.message));
    EXPECT_EQ(response.header("WWW-Authenticate"), row.challenge);
  }
  EXPECT_EQ(audit->events.size(), std::size(rows) - 1) << "each but the absent one";
}

TEST_F(StoredPermissionTest, ADemotionHoldsFromTheNextRequestOnWhateverTheTokenSays) {
  const auto token = token_of("erin", R"(,"role":"admin")");
  EXPECT_EQ(post(token).status, 200U);
  ASSERT_TRUE(users.set_role(erin.id, Role::parse("user").value(), kNoon));
  EXPECT_EQ(post(token).status, 403U);
  ASSERT_TRUE(users.set_role(erin.id, Role::parse("admin").value(), kNoon));
  EXPECT_EQ(post(token).status, 200U);
}

TEST_F(StoredPermissionTest, AScopeInTheTokenOnlyNarrows) {
  EXPECT_EQ(post(token_of("alice", R"(,"scope":"posts:read")")).status, 403U);
  EXPECT_EQ(post(token_of("alice", R"(,"scope":"posts:write")")).status, 200U);
  EXPECT_EQ(post(token_of("bob", R"(,"scope":"posts:write")")).status, 403U);
  EXPECT_EQ(whoami(token_of("erin", R"(,"scope":"posts:read users:read")")), R"(["erin","posts:read"])");
}

// Learns the other key when asked, unless the issuer is down. One request at a time.
class LearningKeys final : public KeySource {
 public:
  explicit LearningKeys(VerificationKeySet keys) : keys_(std::make_shared<const JwsVerifier>(std::move(keys))) {}
  std::shared_ptr<const JwsVerifier> keys_at(Instant) const override { return keys_; }
  bool may_learn(Instant) const noexcept override { return may_ask; }
  Done learn(Instant) override {
    asked_by.push_back(std::this_thread::get_id());
    if (is_down) return failure(ErrorCode::key_set_unavailable, PrivateText{"the issuer does not answer"});
    may_ask = false;
    keys_ = std::make_shared<const JwsVerifier>(VerificationKeySet::of(lesson).value());
    return {};
  }

  std::vector<VerificationKey> lesson;
  bool may_ask = true;
  bool is_down = false;
  std::vector<std::thread::id> asked_by;

 private:
  std::shared_ptr<const JwsVerifier> keys_;
};

// A service without accounts, which trusts the key of another one.
class ScopePermissionTest : public PermissionTest {
 protected:
  ScopePermissionTest() {
    app.provide<PrincipalAuthenticator>(std::make_shared<ScopeAuthenticator>(verifier, *audit));
    source->lesson = {VerificationKey{key}, VerificationKey{new_key}};
  }

  const HmacKey new_key = key_of("fedcba9876543210fedcba9876543210");
  std::shared_ptr<LearningKeys> source = std::make_shared<LearningKeys>(VerificationKeySet{VerificationKey{key}});
  TokenVerifier verifier{source, TokenPolicy::tutorial()};
  const std::string writer = R"({"sub":"robot","scope":"posts:write","exp":9999999999})";
};

TEST_F(ScopePermissionTest, LetsInWhoseScopeHasThePermission) {
  EXPECT_EQ(post(signed_by(key, writer)).body, R"("robot")");
  EXPECT_EQ(post(signed_by(key, R"({"sub":"robot","scope":"openid posts:*","exp":9999999999})")).status, 200U);
  EXPECT_TRUE(source->asked_by.empty());
}

TEST_F(ScopePermissionTest, DeniesWhoseScopeDoesNot) {
  for (const auto* claims :
       {R"({"sub":"robot","scope":"posts:read","exp":9999999999})", R"({"sub":"robot","exp":9999999999})",
        R"({"sub":"robot","role":"admin","scope":"","exp":9999999999})"}) {
    const auto denied = post(signed_by(key, claims));
    EXPECT_EQ(denied.body, body_of(403, "permission_required", "Requires permission: posts:write"));
    EXPECT_EQ(denied.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="posts:write")");
    EXPECT_EQ(audit->events.back().subject, "robot");
  }
}

TEST_F(ScopePermissionTest, LearnsAKeyOffTheRequestsThreadAndOnlyOnce) {
  EXPECT_EQ(post(signed_by(new_key, writer)).body, R"("robot")");
  EXPECT_EQ(post(signed_by(new_key, writer)).status, 200U);
  EXPECT_EQ(post(signed_by(key, writer)).status, 200U);
  ASSERT_EQ(source->asked_by.size(), 1U);
  EXPECT_NE(source->asked_by[0], std::this_thread::get_id());
  EXPECT_TRUE(audit->events.empty());
}

TEST_F(ScopePermissionTest, RefusesATokenOfAStrangerAfterAskingOnce) {
  const auto stranger = signed_by(key_of("a stranger's secret of 32 bytes.."), writer);
  EXPECT_EQ(post(stranger).body, body_of(401, "token_invalid", "Invalid or expired token"));
  EXPECT_EQ(post(stranger).status, 401U);
  EXPECT_EQ(source->asked_by.size(), 1U);
  EXPECT_EQ(audit->events.size(), 2U);
}

TEST_F(ScopePermissionTest, RefusesAnUnknownKeyWhileTheIssuerIsDownButOtherKeysHold) {
  source->is_down = true;
  EXPECT_EQ(post(signed_by(new_key, writer)).body, body_of(401, "token_invalid", "Invalid or expired token"));
  EXPECT_EQ(post(signed_by(key, writer)).status, 200U);
}

TEST_F(PermissionTest, AnswersThatItCannotTellWhileTheIssuerIsDownAndNoKeyIsKnown) {
  const auto source = std::make_shared<LearningKeys>(VerificationKeySet{});
  const TokenVerifier verifier{source, TokenPolicy::tutorial()};
  app.provide<PrincipalAuthenticator>(std::make_shared<ScopeAuthenticator>(verifier, *audit));
  app.on_failure([](const RequestContext&, const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::key_set_unavailable);
    EXPECT_EQ(error.private_text(), "the issuer does not answer");
  });
  source->is_down = true;
  const auto response = post(signed_by(key, R"({"sub":"robot","scope":"posts:write","exp":9999999999})"));
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.body, body_of(503, "service_unavailable", "Service Unavailable"));
  EXPECT_EQ(response.header("Retry-After"), "1");
  EXPECT_EQ(response.header("WWW-Authenticate"), "");
  EXPECT_TRUE(audit->events.empty());
}

TEST_F(PermissionTest, UsersOfAnotherKeyAreLearnedInTheSameWay) {
  MemoryUserStore users;
  ASSERT_TRUE(users.add({Username::parse("bob").value(), Role::parse("user").value(), PasswordHash{"x"}}, kNoon));
  const auto source = std::make_shared<LearningKeys>(VerificationKeySet{});
  const TokenVerifier verifier{source, TokenPolicy::tutorial()};
  app.provide(std::make_shared<TokenAuthenticator>(verifier, users, *audit));
  app.get<"/me">([](CurrentUser user) { return user; });
  app.get<"/feed">([](OptionalUser user) { return user ? user->username : std::string("everyone"); });
  source->lesson = {VerificationKey{key}};
  const auto bobs = signed_by(key, R"({"sub":"bob","exp":9999999999})");
  EXPECT_EQ(send(Method::get, "/feed", bobs).body, R"("bob")");
  EXPECT_EQ(send(Method::get, "/me", bobs).body, R"({"id":1,"username":"bob","role":"user"})");
  EXPECT_EQ(source->asked_by.size(), 1U);
}

struct CountingAuthenticator final : PrincipalAuthenticator {
  explicit CountingAuthenticator(const PrincipalAuthenticator& authenticator) : counted(authenticator) {}
  std::optional<Result<SharedToken>> verify_now(std::string_view compact, const Origin& origin,
                                                Instant now) const override {
    ++verifications;
    return counted.verify_now(compact, origin, now);
  }
  Result<SharedToken> verify(std::string_view compact, const Origin& origin, Instant now) const override {
    ++verifications;
    return counted.verify(compact, origin, now);
  }
  std::optional<Result<Principal>> principal_known_now(const VerifiedToken& token, const Origin& origin,
                                                       Instant now) const override {
    return counted.principal_known_now(token, origin, now);
  }
  Result<Principal> principal_of(const VerifiedToken& token, const Origin& origin, Instant now) const override {
    return counted.principal_of(token, origin, now);
  }
  const PrincipalAuthenticator& counted;
  mutable int verifications = 0;
};

TEST_F(PermissionTest, VerifiesATokenOnceWhateverElseTheHandlerAsks) {
  MemoryUserStore users;
  ASSERT_TRUE(users.add({Username::parse("alice").value(), Role::parse("admin").value(), PasswordHash{"x"}}, kNoon));
  const TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  const auto authenticator = std::make_shared<TokenAuthenticator>(verifier, users, *audit);
  const auto counting = std::make_shared<CountingAuthenticator>(*authenticator);
  app.provide(authenticator);
  app.provide<PrincipalAuthenticator>(counting);
  app.get<"/both">([](CurrentUser user, const RequirePermission<"posts:write">& writer) {
    return user.username + " is " + writer->subject;
  });
  EXPECT_EQ(send(Method::get, "/both", signed_by(key, R"({"sub":"alice","exp":9999999999})")).body,
            R"("alice is alice")");
  EXPECT_EQ(counting->verifications, 1);
}

TEST_F(PermissionTest, IsSaidInTheDescriptionAndInThePolicy) {
  const boost::json::value document = openapi_document(app);
  std::string statuses;
  for (const auto& response : document.at_pointer("/paths/~1posts/post/responses").as_object()) {
    statuses += std::string(response.key()) + ' ';
  }
  EXPECT_EQ(statuses, "200 400 401 403 500 503 ");
  EXPECT_TRUE(document.at_pointer("/paths/~1posts/post").as_object().contains("security"));
  const auto policies = route_policies(app);
  ASSERT_EQ(policies.size(), 2U);
  const auto policy = std::ranges::find(policies, "/posts", &RoutePolicy::pattern);
  EXPECT_EQ(policy->requirements, (std::vector<std::string>{"principal", "permission posts:write"}));
}

TEST_F(PermissionTest, IsReplacedInATestLikeAnyOtherDependency) {
  TestClient client{
      app, override_with<CurrentPrincipal>(CurrentPrincipal{{"carol", PermissionSet::from_scope("posts:write")}})};
  EXPECT_EQ(client.post_json("/posts", "{}").body, R"("carol")");
}

}  // namespace
}  // namespace cardea::web
