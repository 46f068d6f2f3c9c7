#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/client/cached_client_store.hpp>
#include <cardea/core/client/memory_client_store.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/document.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

// Requests with the tokens of alice, an admin, and of a client that may read and write posts.
class CurrentClientTest : public testing::Test {
 protected:
  CurrentClientTest() {
    clients.add({billing, "digest"}).value();
    app.provide<AuditSink>(audit);
    app.provide<PrincipalAuthenticator>(authenticator);
    app.get<"/job">([](const CurrentClient& caller) {
      return std::vector<std::string>{std::string(caller->id.text()), caller->permissions.to_scope()};
    });
    app.post<"/posts">([](const RequirePermission<"posts:write">& author) { return author->subject; });
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
  TestResponse ask_for_a_job(std::string token) { return send(Method::get, "/job", std::move(token)); }
  std::string client_token(std::string_view scope) {
    return tokens.issue_for_client(billing, kNoon, scope).value().token;
  }
  std::string alices_token() { return tokens.issue(alice, kNoon).value().token; }

  const HmacKey key =
      HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  const OAuthClient billing{ClientId::generate(),
                            ClientName::parse("billing").value(),
                            ClientKind::confidential_client,
                            PermissionSet::from_scope("posts:read posts:write"),
                            kNoon,
                            {}};
  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  AccessTokenIssuer tokens{TokenSigner{SigningKey{key}}};
  MemoryUserStore users;
  MemoryClientStore clients;
  CachedClientStore cached{clients};
  std::shared_ptr<MemoryAuditSink> audit = std::make_shared<MemoryAuditSink>();
  std::shared_ptr<TokenAuthenticator> authenticator = std::make_shared<TokenAuthenticator>(
      verifier, users, *audit, RolePermissions::administrators_may_everything(), nullptr, &cached);
  const User alice =
      users.add({Username::parse("alice").value(), Role::parse("admin").value(), PasswordHash{"x"}}, kNoon).value();
  App app;
};

TEST_F(CurrentClientTest, IsTheClientWhoseTokenItIs) {
  EXPECT_EQ(ask_for_a_job(client_token("posts:read")).body,
            R"([")" + std::string(billing.id.text()) + R"(","posts:read"])");
  EXPECT_TRUE(audit->events().empty());
}

TEST_F(CurrentClientTest, DeniesAUserHoweverPowerful) {
  const auto denied = ask_for_a_job(alices_token());
  EXPECT_EQ(denied.status, 403U);
  EXPECT_EQ(denied.json().at("error").at("code").as_string(), "client_required");
  EXPECT_EQ(denied.json().at("error").at("message").as_string(), "Requires a client");
  EXPECT_EQ(denied.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope")");
  ASSERT_EQ(audit->events().size(), 1U);
  EXPECT_EQ(audit->events()[0].action, AuditAction::access_denied);
  EXPECT_EQ(audit->events()[0].subject, "alice");
  EXPECT_EQ(audit->events()[0].reason, ErrorCode::client_required);
}

TEST_F(CurrentClientTest, IsAskedForAToken) {
  EXPECT_EQ(ask_for_a_job("").json().at("error").at("code").as_string(), "not_authenticated");
}

TEST_F(CurrentClientTest, IsRefusedFromTheRequestOnThatFollowsItsDisabling) {
  const auto token = client_token("posts:write");
  EXPECT_EQ(ask_for_a_job(token).status, 200U);
  cached.disable(billing.id, kNoon).value();
  const auto refused = ask_for_a_job(token);
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(refused.json().at("error").at("code").as_string(), "client_disabled");
  EXPECT_EQ(refused.header("WWW-Authenticate"), R"(Bearer error="invalid_token")");
}

TEST_F(CurrentClientTest, HasItsPermissionsAsAUserHasThem) {
  EXPECT_EQ(send(Method::post, "/posts", client_token("posts:write")).status, 200U);
  EXPECT_EQ(send(Method::post, "/posts", client_token("posts:read")).status, 403U);
}

TEST_F(CurrentClientTest, IsSaidInThePolicy) {
  const auto policies = route_policies(app);
  EXPECT_EQ(policies[0].requirements, (std::vector<std::string>{"principal", "client"}));
}

}  // namespace
}  // namespace cardea::web
