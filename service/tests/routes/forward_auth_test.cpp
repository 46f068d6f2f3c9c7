#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/service/routes/forward_auth.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class ForwardAuthTest : public testing::Test {
 protected:
  web::TestResponse verify(const std::string& token, const std::string& query = "") {
    server.client->use_token(token);
    return server.client->get("/auth/verify" + query);
  }
  std::string key_of(const std::string& token, const std::string& scope) {
    server.client->use_token(token);
    const auto answer = server.client->post_json("/auth/api-keys", R"({"name":"x","scope":")" + scope + R"("})");
    return std::string(answer.json().at("key").as_string());
  }
  std::string client_token(const std::string& scope) {
    server.client->use_token(alice);
    const auto made = server.client->post_json("/admin/clients", R"({"name":"x","scope":")" + scope + R"("})").json();
    client_id = made.at("client_id").as_string();
    server.client->use_token({});
    const auto answer = server.client->post_form(
        "/oauth2/token", "grant_type=client_credentials&client_id=" + client_id +
                             "&client_secret=" + std::string(made.at("client_secret").as_string()));
    return std::string(answer.json().at("access_token").as_string());
  }
  static std::string error_of(const web::TestResponse& answer, const char* member) {
    return std::string(answer.json().at("error").at(member).as_string());
  }
  std::ptrdiff_t denials() {
    return std::ranges::count(server.audit->events(), AuditAction::access_denied, &AuditEvent::action);
  }

  DemoServer server;
  const std::string alice = server.log_in("alice", "alicepw");
  const std::string bob = server.log_in("bob", "bobpw");
  std::string client_id;
};

TEST_F(ForwardAuthTest, TellsWhoseTokenItIs) {
  const auto answer = verify(alice);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("X-Auth-User"), "alice");
  EXPECT_EQ(answer.header("X-Auth-Id"), "1");
  EXPECT_EQ(answer.header("X-Auth-Roles"), "admin");
  EXPECT_EQ(answer.header("X-Auth-Permissions"), "*");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(ForwardAuthTest, NamesEveryRoleInItsOrder) {
  const auto now = SystemClock{}.now();
  const auto role = [](std::string_view name) { return Role::parse(name).value(); };
  ASSERT_TRUE(server.users().set_roles(UserId{2}, role("user"), RoleList{{role("writer"), role("admin")}}, now));
  const auto answer = verify(bob);
  EXPECT_EQ(answer.header("X-Auth-Roles"), "user,writer,admin");
}

TEST_F(ForwardAuthTest, HasEachHeaderEvenWhereThereIsNothingToSay) {
  const auto answer = verify(bob);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.headers.count("X-Auth-Permissions"), 1U);
  EXPECT_EQ(answer.header("X-Auth-Permissions"), "");
}

TEST_F(ForwardAuthTest, TellsAStrangerNothing) {
  for (const auto& token : {std::string{}, std::string{"nonsense"}, std::string{"cardea_pat_nonsense"}}) {
    const auto answer = verify(token, "?role=admin");
    EXPECT_EQ(answer.status, 401U) << token;
    EXPECT_TRUE(answer.header("WWW-Authenticate").starts_with("Bearer")) << token;
    for (const auto* name : {"X-Auth-User", "X-Auth-Id", "X-Auth-Roles", "X-Auth-Permissions"}) {
      EXPECT_EQ(answer.headers.count(name), 0U) << name;
    }
  }
}

TEST_F(ForwardAuthTest, RequiresTheRoleThatTheProxyAsksFor) {
  EXPECT_EQ(verify(alice, "?role=admin").status, 200U);
  EXPECT_EQ(denials(), 0);
  const auto answer = verify(bob, "?role=user&role=admin");
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(error_of(answer, "message"), "Requires role: admin");
  EXPECT_EQ(answer.headers.count("X-Auth-User"), 0U);
  EXPECT_EQ(denials(), 1);
  EXPECT_EQ(server.audit->events().back().subject, "bob");
}

TEST_F(ForwardAuthTest, RequiresEveryPermissionThatTheProxyAsksFor) {
  EXPECT_EQ(verify(alice, "?permission=posts:write&permission=posts:read").status, 200U);
  const auto answer = verify(bob, "?permission=posts:write&permission=posts:read");
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(error_of(answer, "message"), "Requires permissions: posts:write, posts:read");
  EXPECT_EQ(answer.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="posts:write posts:read")");
  EXPECT_EQ(denials(), 1);
}

TEST_F(ForwardAuthTest, RefusesWhatNoProxyMeansToAsk) {
  for (const auto* query : {"?roles=admin", "?role=Admin", "?role=", "?permission=posts:*", "?permission=", "?x"}) {
    const auto answer = verify(alice, query);
    EXPECT_EQ(answer.status, 422U) << query;
    EXPECT_EQ(error_of(answer, "code"), "validation_failed") << query;
  }
}

TEST_F(ForwardAuthTest, SeesADemotionAndADisablingAtTheNextRequest) {
  const auto now = SystemClock{}.now();
  ASSERT_TRUE(server.users().set_role(UserId{1}, Role::parse("user").value(), now));
  EXPECT_EQ(verify(alice).header("X-Auth-Roles"), "user");
  EXPECT_EQ(verify(alice, "?role=admin").status, 403U);
  ASSERT_TRUE(server.users().set_state(UserId{1}, AccountState::disabled, now));
  const auto answer = verify(alice);
  EXPECT_EQ(answer.status, 401U);
  EXPECT_EQ(error_of(answer, "code"), "user_disabled");
}

TEST_F(ForwardAuthTest, TakesAnApiKeyForWhatItsScopeAllows) {
  const auto key = key_of(alice, "posts:write");
  const auto answer = verify(key, "?permission=posts:write");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("X-Auth-User"), "alice");
  EXPECT_EQ(answer.header("X-Auth-Id"), "1");
  EXPECT_EQ(answer.header("X-Auth-Roles"), "") << "who trusts the role would give all that it gives";
  EXPECT_EQ(answer.header("X-Auth-Permissions"), "posts:write");
  EXPECT_EQ(verify(key, "?permission=posts:read").status, 403U);
  EXPECT_EQ(verify(key, "?role=admin").status, 403U);
}

TEST_F(ForwardAuthTest, GivesAnApiKeyWithoutAScopeNoRoleThatGivesNothing) {
  const auto answer = verify(key_of(bob, ""));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("X-Auth-Roles"), "");
}

TEST_F(ForwardAuthTest, TakesAnOAuthClientWhichHasNoAccountAndNoRole) {
  const auto token = client_token("posts:write");
  const auto answer = verify(token, "?permission=posts:write");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("X-Auth-User"), client_id);
  EXPECT_EQ(answer.header("X-Auth-Id"), "");
  EXPECT_EQ(answer.header("X-Auth-Roles"), "");
  EXPECT_EQ(answer.header("X-Auth-Permissions"), "posts:write");
  EXPECT_EQ(verify(token, "?role=user").status, 403U);
}

TEST_F(ForwardAuthTest, AnswersByTheMethodOfTheRequestItself) {
  using enum web::Method;
  server.client->use_token(bob);
  for (const auto method : {get, head, post, put, patch, delete_}) {
    web::Request request;
    request.method = method;
    request.target = "/auth/verify";
    EXPECT_EQ(server.client->send(std::move(request)).status, 200U) << name_of(method);
  }
}

TEST_F(ForwardAuthTest, LooksAtNothingElseThatAProxyOrItsClientSays) {
  server.client->use_token(bob);
  for (const auto* name : {"X-Auth-User", "X-Auth-Roles", "X-Auth-Permissions", "X-Forwarded-Uri", "X-Forwarded-Method",
                           "X-Forwarded-User", "X-Original-URL", "X-HTTP-Method-Override"}) {
    web::Request request;
    request.target = "/auth/verify";
    request.headers.add(name, "admin");
    const auto answer = server.client->send(std::move(request));
    EXPECT_EQ(answer.status, 200U) << name;
    EXPECT_EQ(answer.header("X-Auth-User"), "bob") << name;
    EXPECT_EQ(answer.header("X-Auth-Roles"), "user") << name;
    EXPECT_EQ(answer.header("X-Auth-Permissions"), "") << name;
  }
}

TEST_F(ForwardAuthTest, WritesNoEventForASuccess) {
  const auto before = server.audit->events().size();
  verify(alice, "?role=admin&permission=posts:write");
  EXPECT_EQ(server.audit->events().size(), before);
}

TEST(ForwardAuthDuringAnOutage, LetsNobodyIn) {
  using Caller = web::AllowingApiKeys<web::CurrentPrincipal>;
  const TemporaryFolder folder;
  const auto audit = std::make_shared<MemoryAuditSink>();
  const auto backend = Backend::open(demo_config(folder), SystemClock{}.now(), audit).value();
  web::App app;
  Backend::provide(backend, app);
  add_forward_auth(app);
  web::TestClient client{
      app, web::override_with<Caller>([] { return Result<Caller>{failure(ErrorCode::store_unavailable)}; })};
  client.use_token("a.b.c");
  const auto answer = client.get("/auth/verify");
  EXPECT_EQ(answer.status, 503U);
  EXPECT_EQ(answer.headers.count("X-Auth-User"), 0U);
  EXPECT_NE(answer.header("Retry-After"), "");
}

}  // namespace
}  // namespace cardea::service
