#include <gtest/gtest.h>

#include <cardea/core/access/scope_authenticator.hpp>
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

// Requests by somebody who has what their token's scope says.
class SeveralPermissionsTest : public testing::Test {
 protected:
  SeveralPermissionsTest() {
    app.provide<AuditSink>(audit);
    app.provide<PrincipalAuthenticator>(std::make_shared<ScopeAuthenticator>(verifier, *audit));
    app.get<"/all">(
        [](const RequireAll<"posts:write", "posts:publish", "mail:send">& caller) { return caller->subject; });
    app.get<"/any">([](const RequireAny<"posts:write", "posts:review">& caller) { return caller->subject; });
  }
  TestResponse get(std::string target, std::string_view scope) {
    const auto claims = R"({"sub":"erin","exp":9999999999,"scope":")" + std::string(scope) + R"("})";
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
  std::shared_ptr<Recorded> audit = std::make_shared<Recorded>();
  App app;
};

TEST_F(SeveralPermissionsTest, AllOfThemAreNeededWhereARouteRequiresAll) {
  EXPECT_EQ(get("/all", "posts:write posts:publish mail:send").status, 200U);
  EXPECT_EQ(get("/all", "posts:* mail:*").body, R"("erin")");
  EXPECT_EQ(get("/all", "*").status, 200U);
  EXPECT_EQ(get("/all", "posts:write posts:publish").status, 403U);
}

TEST_F(SeveralPermissionsTest, ARefusalNamesThoseThatAreMissingAndNoOthers) {
  const auto two = get("/all", "posts:publish");
  EXPECT_EQ(message(two), "Requires permissions: posts:write, mail:send");
  EXPECT_EQ(two.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\", scope=\"posts:write mail:send\"");
  const auto one = get("/all", "posts:*");
  EXPECT_EQ(message(one), "Requires permission: mail:send");
  EXPECT_EQ(one.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\", scope=\"mail:send\"");
}

TEST_F(SeveralPermissionsTest, OneOfThemIsEnoughWhereARouteRequiresAny) {
  EXPECT_EQ(get("/any", "posts:write").status, 200U);
  EXPECT_EQ(get("/any", "posts:review").status, 200U);
  const auto none = get("/any", "posts:publish");
  EXPECT_EQ(none.status, 403U);
  EXPECT_EQ(message(none), "Requires one of the permissions: posts:write, posts:review");
  EXPECT_EQ(none.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\", scope=\"posts:write\"");
}

TEST_F(SeveralPermissionsTest, ADenialIsOneAuditEventAndAnAdmissionNone) {
  get("/any", "posts:write");
  get("/all", "posts:*");
  ASSERT_EQ(audit->events.size(), 1U);
  EXPECT_EQ(audit->events.front().action, AuditAction::access_denied);
  EXPECT_EQ(audit->events.front().subject, "erin");
  EXPECT_EQ(audit->events.front().reason, ErrorCode::permission_required);
}

TEST_F(SeveralPermissionsTest, TheListOfRoutesSaysAndOrOr) {
  const auto policies = route_policies(app);
  ASSERT_EQ(policies.size(), 2U);
  EXPECT_EQ(policies[0].requirements, (std::vector<std::string>{"principal", "permission posts:write",
                                                                "permission posts:publish", "permission mail:send"}));
  EXPECT_EQ(policies[1].requirements,
            (std::vector<std::string>{"principal", "permission posts:write or posts:review"}));
}

}  // namespace
}  // namespace cardea::web
