#include <gtest/gtest.h>

#include <algorithm>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class AdminClientsTest : public testing::Test {
 protected:
  boost::json::value add(const std::string& json) {
    const auto answer = server.client->post_json("/admin/clients", json);
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return answer.json();
  }
  static std::string id_in(const boost::json::value& client) { return std::string(client.at("client_id").as_string()); }
  web::TestResponse post(const std::string& id, const std::string& what) {
    return server.client->post_json("/admin/clients/" + id + '/' + what, "");
  }
  web::TestResponse put_scope(const std::string& id, const std::string& scope) {
    web::Request request;
    request.method = web::Method::put;
    request.target = "/admin/clients/" + id + "/scope";
    request.headers.add("Content-Type", "application/json");
    request.body = R"({"scope":")" + scope + R"("})";
    return server.client->send(std::move(request));
  }
  std::ptrdiff_t events(AuditAction action) {
    return std::ranges::count(server.audit->events(), action, &AuditEvent::action);
  }

  DemoServer server;
  const std::string alice = server.log_in("alice", "alicepw");
};

TEST_F(AdminClientsTest, AreForThoseWithThePermissionOnly) {
  const auto expect_everywhere = [this](unsigned status) {
    EXPECT_EQ(server.client->get("/admin/clients").status, status);
    EXPECT_EQ(server.client->get("/admin/clients/x").status, status);
    EXPECT_EQ(server.client->post_json("/admin/clients", R"({"name":"x"})").status, status);
    EXPECT_EQ(put_scope("x", "").status, status);
    for (const auto* what : {"disable", "enable", "rotate-secret"}) EXPECT_EQ(post("x", what).status, status) << what;
  };
  expect_everywhere(401);
  server.client->use_token(server.log_in("bob", "bobpw"));
  expect_everywhere(403);
}

TEST_F(AdminClientsTest, ShowTheSecretOnceAndInNoCache) {
  server.client->use_token(alice);
  const auto answer = server.client->post_json("/admin/clients", R"({"name":"billing","scope":"orders:read"})");
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto client = answer.json();
  EXPECT_TRUE(client.at("client_secret").as_string().starts_with("cardea_cs_"));
  EXPECT_EQ(client.at("kind").as_string(), "confidential");
  EXPECT_EQ(client.at("scope").as_string(), "orders:read");
  EXPECT_EQ(answer.header("Location"), "/admin/clients/" + id_in(client));
  const auto again = server.client->get(answer.header("Location"));
  EXPECT_EQ(again.status, 200U);
  EXPECT_FALSE(again.json().as_object().contains("client_secret"));
  EXPECT_EQ(events(AuditAction::client_created), 1);
}

TEST_F(AdminClientsTest, GiveAPublicClientNoSecret) {
  server.client->use_token(alice);
  const auto client = add(R"({"name":"a page","kind":"public"})");
  EXPECT_TRUE(client.at("client_secret").is_null());
  const auto refused = post(id_in(client), "rotate-secret");
  EXPECT_EQ(refused.status, 409U);
  EXPECT_EQ(refused.json().at("error").at("message").as_string(), "A public client has no secret");
}

TEST_F(AdminClientsTest, AreDisabledEnabledAndGivenNewSecretsAndScopes) {
  server.client->use_token(alice);
  const auto client = add(R"({"name":"billing"})");
  const auto id = id_in(client);
  EXPECT_TRUE(post(id, "disable").json().at("disabled_at").is_string());
  EXPECT_TRUE(post(id, "enable").json().at("disabled_at").is_null());
  const auto rotated = post(id, "rotate-secret");
  EXPECT_EQ(rotated.status, 200U);
  EXPECT_EQ(rotated.header("Cache-Control"), "no-store");
  EXPECT_NE(rotated.json().at("client_secret"), client.at("client_secret"));
  EXPECT_EQ(put_scope(id, "users:read orders:*").json().at("scope").as_string(), "orders:* users:read");
  for (const auto action : {AuditAction::client_disabled, AuditAction::client_enabled,
                            AuditAction::client_secret_rotated, AuditAction::client_scopes_changed}) {
    EXPECT_EQ(events(action), 1) << name_of(action);
  }
}

TEST_F(AdminClientsTest, AreListedPageByPage) {
  server.client->use_token(alice);
  for (const auto* name : {"a", "b", "c"}) add(R"({"name":")" + std::string(name) + R"("})");
  const auto first = server.client->get("/admin/clients?limit=2").json();
  ASSERT_EQ(first.at("items").as_array().size(), 2U);
  EXPECT_EQ(first.at("items").as_array()[1].at("name").as_string(), "b");
  const auto rest = server.client->get("/admin/clients?cursor=" + std::string(first.at("next").as_string())).json();
  ASSERT_EQ(rest.at("items").as_array().size(), 1U);
  EXPECT_EQ(rest.at("items").as_array()[0].at("name").as_string(), "c");
  EXPECT_TRUE(rest.at("next").is_null());
  for (const auto* query : {"limit=0", "limit=201", "cursor=x"}) {
    EXPECT_EQ(server.client->get("/admin/clients?" + std::string(query)).status, 422U) << query;
  }
}

TEST_F(AdminClientsTest, SayWhatOfANewOneDoesNotHold) {
  server.client->use_token(alice);
  const struct {
    std::string json, where;
  } rows[] = {
      {R"({})", "/body/name"},
      {R"({"name":""})", "/body/name"},
      {R"({"name":"a\nb"})", "/body/name"},
      {R"({"name":"a","kind":"secret"})", "/body/kind"},
      {R"({"name":"a","scope":"Orders"})", "/body/scope"},
      {R"({"name":"a","scope":"orders:read  orders:write"})", "/body/scope"},
  };
  for (const auto& row : rows) {
    const auto answer = server.client->post_json("/admin/clients", row.json);
    EXPECT_EQ(answer.status, 422U) << row.json;
    EXPECT_EQ(answer.json().at("error").at("fields").as_array()[0].at("where").as_string(), row.where);
  }
  EXPECT_EQ(server.client->get("/admin/clients").json().at("items").as_array().size(), 0U);
}

TEST_F(AdminClientsTest, AreUnknownByEveryOtherId) {
  server.client->use_token(alice);
  for (const auto* id : {"x", "Client_AAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(server.client->get("/admin/clients/" + std::string(id)).json().at("error").at("code").as_string(),
              "client_not_found");
    EXPECT_EQ(put_scope(id, "").status, 404U);
    for (const auto* what : {"disable", "enable", "rotate-secret"}) EXPECT_EQ(post(id, what).status, 404U) << what;
  }
}

// A client may administer clients; it cannot make one that may more than itself, nor take over one that may.
TEST_F(AdminClientsTest, GetNothingThatTheirGiverDoesNotHave) {
  server.client->use_token(alice);
  const auto steward = add(R"({"name":"steward","scope":"clients:* orders:read"})");
  const auto powerful = add(R"({"name":"powerful","scope":"*"})");
  const auto form = "grant_type=client_credentials&client_id=" + id_in(steward) +
                    "&client_secret=" + std::string(steward.at("client_secret").as_string());
  server.client->use_token("");
  const auto token = server.client->post_form("/oauth2/token", form).json();
  server.client->use_token(std::string(token.at("access_token").as_string()));

  EXPECT_EQ(server.client->post_json("/admin/clients", R"({"name":"x","scope":"orders:read"})").status, 201U);
  const auto denied = server.client->post_json("/admin/clients", R"({"name":"x","scope":"orders:*"})");
  EXPECT_EQ(denied.status, 403U);
  EXPECT_EQ(denied.json().at("error").at("message").as_string(), "Requires permission: orders:*");
  EXPECT_EQ(denied.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="orders:*")");
  EXPECT_EQ(put_scope(id_in(steward), "*").status, 403U);
  EXPECT_EQ(post(id_in(powerful), "rotate-secret").status, 403U);
  EXPECT_EQ(events(AuditAction::access_denied), 3);
  EXPECT_EQ(post(id_in(steward), "rotate-secret").status, 200U);
}

}  // namespace
}  // namespace cardea::service
