#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

using namespace std::chrono_literals;

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

struct Recorded final : AuditSink {
  void record(const AuditEvent& event) noexcept override { events.push_back(event); }
  std::vector<AuditEvent> events;
};

// alice is an admin, bob a user; a token for whoever is asked for.
class BearerTest : public testing::Test {
 protected:
  void SetUp() override {
    alice = add("alice", "admin");
    bob = add("bob", "user");
    app.provide<AuditSink>(audit);
    app.provide(std::make_shared<TokenAuthenticator>(verifier, users, *audit));
    app.get<"/me">([](CurrentUser user) { return user; });
    app.get<"/feed">([](OptionalUser user) { return user ? user->username : std::string("everyone"); });
    app.get<"/admin/stats">([](RequireRole<"admin"> admin) { return "Hello admin " + admin->username; });
  }
  User add(std::string_view name, std::string_view role) {
    return users.add({Username::parse(name).value(), Role::parse(role).value(), PasswordHash{"x"}}, kNoon).value();
  }
  std::string token_for(const User& user) { return issuer.issue(user, kNoon).value().token; }
  std::string signed_claims(std::string_view json) { return signer.sign(parse_claims(json).value()).value(); }

  TestResponse get(std::string target, std::string token = {}, Instant now = kNoon) {
    TestClient client{app};
    client.set_now(now);
    client.use_token(std::move(token));
    return client.get(std::move(target));
  }
  TestResponse get_with_header(std::string target, const std::vector<std::string>& values) {
    Headers headers;
    for (const auto& value : values) headers.add("Authorization", value);
    TestClient client{app};
    client.set_now(kNoon);
    return client.get(std::move(target), headers);
  }
  static std::string message(const TestResponse& response) {
    return std::string(response.json().at("error").at("message").as_string());
  }

  HmacKey key = HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  TokenSigner signer{SigningKey{key}};
  AccessTokenIssuer issuer{TokenSigner{SigningKey{key}}, 30min};
  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  MemoryUserStore users;
  std::shared_ptr<Recorded> audit = std::make_shared<Recorded>();
  std::optional<User> alice, bob;
  App app;
};

TEST_F(BearerTest, AnswersAsTheTutorialDoes) {
  EXPECT_EQ(get("/me", token_for(*alice)).body, R"({"id":1,"username":"alice","role":"admin"})");
  EXPECT_EQ(get("/admin/stats", token_for(*alice)).body, R"("Hello admin alice")");
  const auto denied = get("/admin/stats", token_for(*bob));
  EXPECT_EQ(denied.status, 403U);
  EXPECT_EQ(message(denied), "Requires role: admin");
  EXPECT_EQ(denied.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\"");
}

TEST_F(BearerTest, EveryProtectedRouteRefusesTheSameTokensInTheSameWords) {
  const auto no_subject = signed_claims(R"({"exp":9999999999})");
  const auto nobody = signed_claims(R"({"sub":"nobody","exp":9999999999})");
  for (const auto* target : {"/me", "/admin/stats"}) {
    EXPECT_EQ(message(get(target)), "Not authenticated");
    EXPECT_EQ(get(target).header("WWW-Authenticate"), "Bearer");
    for (const auto& token : {std::string("garbage"), std::string("a.b.c"), token_for(*alice) + "x"}) {
      const auto response = get(target, token);
      EXPECT_EQ(response.status, 401U);
      EXPECT_EQ(message(response), "Invalid or expired token");
      EXPECT_EQ(response.header("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
    }
    EXPECT_EQ(message(get(target, token_for(*alice), kNoon + 30min)), "Invalid or expired token");
    EXPECT_EQ(message(get(target, no_subject)), "Token missing subject");
    EXPECT_EQ(message(get(target, nobody)), "User not found");
  }
}

TEST_F(BearerTest, ATokenHoldsUntilTheSecondInWhichItExpires) {
  EXPECT_EQ(get("/me", token_for(*bob), kNoon + 30min - 1us).status, 200U);
  EXPECT_EQ(get("/me", token_for(*bob), kNoon + 30min).status, 401U);
}

TEST_F(BearerTest, TheStoreDecidesAndNotTheToken) {
  const auto alices = token_for(*alice), bobs = token_for(*bob);
  ASSERT_TRUE(users.set_role(alice->id, Role::parse("user").value(), kNoon));
  EXPECT_EQ(get("/admin/stats", alices).status, 403U);
  ASSERT_TRUE(users.set_state(bob->id, AccountState::disabled, kNoon));
  EXPECT_EQ(message(get("/me", bobs)), "User is disabled");
  ASSERT_TRUE(users.set_state(bob->id, AccountState::deleted, kNoon));
  EXPECT_EQ(message(get("/me", bobs)), "User not found");
}

TEST_F(BearerTest, OptionalForgivesAbsenceOnly) {
  EXPECT_EQ(get("/feed").body, R"("everyone")");
  EXPECT_EQ(get("/feed", token_for(*bob)).body, R"("bob")");
  EXPECT_EQ(get("/feed", "garbage").status, 401U);
  EXPECT_EQ(get_with_header("/feed", {"Bearer"}).status, 400U);
}

TEST_F(BearerTest, ReadsOneTokenOfOneSchemeFromOneHeader) {
  const auto token = token_for(*alice);
  EXPECT_EQ(get_with_header("/me", {"bearer " + token}).status, 200U);
  EXPECT_EQ(get_with_header("/me", {"BEARER   " + token}).status, 200U);
  const std::vector<std::vector<std::string>> malformed{{"Bearer " + token, "Bearer " + token},
                                                        {"Bearer " + token + ", Bearer " + token},
                                                        {"Bearer"},
                                                        {"Bearer "},
                                                        {"Bearer a b"}};
  for (const auto& values : malformed) {
    const auto response = get_with_header("/me", values);
    EXPECT_EQ(response.status, 400U) << values.front();
    EXPECT_EQ(response.json().at("error").at("code"), "invalid_request");
  }
  EXPECT_EQ(message(get_with_header("/me", {"Basic YWxpY2U6YWxpY2Vwdw=="})), "Not authenticated");
  EXPECT_EQ(message(get_with_header("/me", {"Bearerx " + token})), "Not authenticated");
  EXPECT_EQ(message(get("/me?access_token=" + token)), "Not authenticated");
}

TEST_F(BearerTest, EveryRefusalAndDenialIsOneEvent) {
  static_cast<void>(get("/me", "garbage"));
  static_cast<void>(get("/admin/stats", token_for(*bob)));
  ASSERT_EQ(audit->events.size(), 2U);
  EXPECT_EQ(audit->events[0].action, AuditAction::token_refused);
  EXPECT_EQ(audit->events[0].reason, ErrorCode::token_malformed);
  EXPECT_EQ(audit->events[1].action, AuditAction::access_denied);
  EXPECT_EQ(audit->events[1].subject, "bob");
  EXPECT_EQ(audit->events[1].origin.request_id, "test-request");
}

}  // namespace
}  // namespace cardea::web
