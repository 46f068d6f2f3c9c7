#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/document.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

struct Recorded final : AuditSink {
  void record(const AuditEvent& event) noexcept override { events.push_back(event); }
  std::vector<AuditEvent> events;
};

// alice (1) is an admin, bob (2) and erin (3) are users.
class RequireOwnerTest : public testing::Test {
 protected:
  RequireOwnerTest() {
    add("alice", "admin");
    add("bob", "user");
    add("erin", "user");
    app.provide<AuditSink>(audit);
    app.provide(std::make_shared<TokenAuthenticator>(verifier, users, *audit));
    app.get<"/users/{id}/diary">([](RequireOwner<"id"> owner) { return owner->username; });
    app.get<"/users/{id}/letters">([](RequireOwner<"id", "letters:read"> reader) { return reader->username; });
  }
  void add(std::string_view name, std::string_view role) {
    users.add({Username::parse(name).value(), Role::parse(role).value(), PasswordHash{"x"}}, kNoon).value();
  }
  TestResponse get(std::string target, std::string_view who) {
    const auto claims = R"({"sub":")" + std::string(who) + R"(","exp":9999999999})";
    TestClient client{app};
    client.set_now(kNoon);
    client.use_token(TokenSigner{SigningKey{key}}.sign(parse_claims(claims).value()).value());
    return client.get(std::move(target));
  }
  static std::string message(const TestResponse& response) {
    return std::string(response.json().at("error").at("message").as_string());
  }

  HmacKey key = HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  MemoryUserStore users;
  std::shared_ptr<Recorded> audit = std::make_shared<Recorded>();
  App app;
};

TEST_F(RequireOwnerTest, LetsInTheUserWhomThePathNamesAndNobodyElse) {
  EXPECT_EQ(get("/users/2/diary", "bob").body, R"("bob")");
  for (const auto* who : {"alice", "erin"}) {
    const auto refused = get("/users/2/diary", who);
    EXPECT_EQ(refused.status, 403U) << who;
    EXPECT_EQ(message(refused), "Requires the owner");
    EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\"");
  }
}

TEST_F(RequireOwnerTest, LetsInWhoHasThePermissionInTheOwnersPlace) {
  EXPECT_EQ(get("/users/2/letters", "bob").body, R"("bob")");
  EXPECT_EQ(get("/users/2/letters", "alice").body, R"("alice")");
  EXPECT_EQ(message(get("/users/2/letters", "erin")), "Requires permission: letters:read");
}

TEST_F(RequireOwnerTest, RefusesAPathThatIsNoIdAndACallerWhoIsNobody) {
  EXPECT_EQ(get("/users/me/diary", "bob").status, 422U);
  EXPECT_EQ(get("/users/2/diary", "nobody").status, 401U);
  EXPECT_EQ(TestClient{app}.get("/users/2/diary").status, 401U);
}

TEST_F(RequireOwnerTest, ADenialIsAnAuditEvent) {
  get("/users/2/diary", "erin");
  ASSERT_EQ(audit->events.size(), 1U);
  EXPECT_EQ(audit->events.front().action, AuditAction::access_denied);
  EXPECT_EQ(audit->events.front().subject, "erin");
  EXPECT_EQ(audit->events.front().reason, ErrorCode::owner_required);
}

TEST_F(RequireOwnerTest, TheListOfRoutesSaysSo) {
  const auto policies = route_policies(app);
  EXPECT_EQ(policies[0].requirements, (std::vector<std::string>{"user", "owner"}));
  EXPECT_EQ(policies[1].requirements,
            (std::vector<std::string>{"user", "principal", "owner or permission letters:read"}));
}

}  // namespace
}  // namespace cardea::web
