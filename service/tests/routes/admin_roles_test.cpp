#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class AdminRolesTest : public testing::Test {
 protected:
  web::TestResponse send(web::Method method, std::string target, std::string body = {},
                         const std::string& if_match = {}) {
    web::Request request;
    request.method = method;
    request.target = std::move(target);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    if (!if_match.empty()) request.headers.add("If-Match", if_match);
    request.body = std::move(body);
    return server.client->send(std::move(request));
  }
  web::TestResponse add(std::string body) { return send(web::Method::post, "/admin/roles", std::move(body)); }
  web::TestResponse put(const std::string& role, std::string body, const std::string& if_match) {
    return send(web::Method::put, "/admin/roles/" + role, std::move(body), if_match);
  }
  web::TestResponse remove(const std::string& role, const std::string& if_match = "*") {
    return send(web::Method::delete_, "/admin/roles/" + role, {}, if_match);
  }
  void give_bob(std::string_view first, std::string_view others = {}) {
    server.users()
        .set_roles(UserId{2}, Role::parse(first).value(), RoleList::parse(others).value(), SystemClock{}.now())
        .value();
  }
  static std::string code(const web::TestResponse& response) {
    return std::string(response.json().at("error").at("code").as_string());
  }
  static std::string message(const web::TestResponse& response) {
    return std::string(response.json().at("error").at("message").as_string());
  }
  std::ptrdiff_t events(AuditAction action) {
    return std::ranges::count(server.audit->events(), action, &AuditEvent::action);
  }

  DemoServer server;
  const std::string alice = server.log_in("alice", "alicepw"), bob = server.log_in("bob", "bobpw");
};

TEST_F(AdminRolesTest, AreForThoseWithThePermissionOnly) {
  const auto expect_everywhere = [this](unsigned status) {
    EXPECT_EQ(server.client->get("/admin/permissions").status, status);
    EXPECT_EQ(server.client->get("/admin/roles").status, status);
    EXPECT_EQ(server.client->get("/admin/roles/x").status, status);
    EXPECT_EQ(add(R"({"role":"x"})").status, status);
    EXPECT_EQ(put("x", R"({"permissions":[],"includes":[]})", "*").status, status);
    EXPECT_EQ(remove("x").status, status);
  };
  expect_everywhere(401);
  server.client->use_token(bob);
  expect_everywhere(403);
}

TEST_F(AdminRolesTest, ShowTheDeclaredOnesAndThePermissions) {
  server.client->use_token(alice);
  const auto listed = server.client->get("/admin/roles").json();
  EXPECT_EQ(
      boost::json::serialize(listed.at("items").as_array()),
      R"([{"role":"admin","permissions":["*"],"includes":[],"effective":["*"],"declared":true,"changed_at":null},)"
      R"({"role":"user","permissions":[],"includes":[],"effective":[],"declared":true,"changed_at":null}])");
  const auto permissions = server.client->get("/admin/permissions").json();
  EXPECT_EQ(permissions.at("items").as_array()[0].at("permission").as_string(), "users:read");
}

TEST_F(AdminRolesTest, CountAtOnceForThoseWhoHaveThem) {
  server.client->use_token(alice);
  const auto added = add(R"({"role":"clerk","permissions":["users:read","mail:*"]})");
  EXPECT_EQ(added.status, 201U) << added.body;
  EXPECT_EQ(added.header("Location"), "/admin/roles/clerk");
  EXPECT_EQ(added.header("ETag"), "\"1\"");
  give_bob("user", "clerk");
  server.client->use_token(bob);
  EXPECT_EQ(server.client->get("/admin/users/1/sessions").status, 200U);
  server.client->use_token(alice);
  const auto changed = put("clerk", R"({"permissions":["mail:*"],"includes":[]})", "\"1\"");
  EXPECT_EQ(changed.status, 200U) << changed.body;
  EXPECT_EQ(changed.header("ETag"), "\"2\"");
  server.client->use_token(bob);
  EXPECT_EQ(server.client->get("/admin/users/1/sessions").status, 403U);
  server.client->use_token(alice);
  EXPECT_EQ(remove("clerk", "\"2\"").status, 204U);
  EXPECT_EQ(server.client->get("/admin/roles/clerk").status, 404U);
  for (const auto action : {AuditAction::role_created, AuditAction::role_updated, AuditAction::role_deleted}) {
    EXPECT_EQ(events(action), 1) << name_of(action);
  }
}

TEST_F(AdminRolesTest, LetInWhoHasARoleByInclusion) {
  server.client->use_token(alice);
  add(R"({"role":"chief","includes":["admin"]})");
  give_bob("chief");
  server.client->use_token(bob);
  EXPECT_EQ(server.client->get("/admin/stats").status, 200U);
}

TEST_F(AdminRolesTest, AreChangedInTheVersionThatWasReadOnly) {
  server.client->use_token(alice);
  add(R"({"role":"clerk"})");
  const std::string body = R"({"permissions":["mail:send"],"includes":[]})";
  EXPECT_EQ(put("clerk", body, {}).status, 428U);
  EXPECT_EQ(put("clerk", body, "\"7\"").status, 412U);
  EXPECT_EQ(put("clerk", body, "W/\"1\"").status, 412U);
  EXPECT_EQ(put("clerk", body, "1").status, 422U);
  EXPECT_EQ(put("clerk", body, "\"1\", \"2\"").status, 422U);
  EXPECT_EQ(put("clerk", body, "\"1\"").status, 200U);
  EXPECT_EQ(put("clerk", body, "\"1\"").status, 412U);
  EXPECT_EQ(remove("clerk", "\"1\"").status, 412U);
  EXPECT_EQ(put("clerk", body, "*").status, 200U);
  EXPECT_EQ(server.client->get("/admin/roles/clerk").header("ETag"), "\"3\"");
}

TEST_F(AdminRolesTest, SayWhatOfANewOneDoesNotHold) {
  server.client->use_token(alice);
  add(R"({"role":"a","includes":["user"]})");
  const struct {
    std::string json, code;
    unsigned status;
  } refused[] = {
      {R"({"role":"Clerk"})", "validation_failed", 422},
      {R"({"role":"b","permissions":["Mail"]})", "validation_failed", 422},
      {R"({"role":"b","includes":["no role"]})", "validation_failed", 422},
      {R"({"role":"b","includes":["nobody"]})", "role_not_found", 404},
      {R"({"role":"b","includes":["b"]})", "role_includes_itself", 422},
      {R"({"role":"a"})", "conflict", 409},
      {R"({"role":"admin"})", "role_declared", 409},
  };
  for (const auto& [json, expected, status] : refused) {
    const auto answer = add(json);
    EXPECT_EQ(answer.status, status) << json << answer.body;
    EXPECT_EQ(code(answer), expected) << json;
  }
}

TEST_F(AdminRolesTest, StayWhileOthersIncludeThemOrTheApplicationDeclaresThem) {
  server.client->use_token(alice);
  add(R"({"role":"author"})");
  add(R"({"role":"editor","includes":["author"]})");
  EXPECT_EQ(code(remove("author")), "role_in_use");
  EXPECT_EQ(code(remove("admin")), "role_declared");
  EXPECT_EQ(code(remove("nobody")), "role_not_found");
}

TEST_F(AdminRolesTest, GiveNothingThatTheirMakerDoesNotHave) {
  server.client->use_token(alice);
  add(R"({"role":"clerk","permissions":["roles:*","mail:send"]})");
  add(R"({"role":"chief","permissions":["users:write"]})");
  give_bob("clerk");
  server.client->use_token(bob);
  EXPECT_EQ(add(R"({"role":"mailer","permissions":["mail:send"]})").status, 201U);
  EXPECT_EQ(message(add(R"({"role":"x","permissions":["mail:send","users:write"]})")),
            "Requires permission: users:write");
  EXPECT_EQ(message(add(R"({"role":"x","includes":["chief"]})")), "Requires permission: users:write");
  EXPECT_EQ(message(put("clerk", R"({"permissions":["*"],"includes":[]})", "*")), "Requires permission: *");
  EXPECT_EQ(message(put("chief", R"({"permissions":[],"includes":[]})", "*")), "Requires permission: users:write");
  EXPECT_EQ(message(remove("chief")), "Requires permission: users:write");
  EXPECT_EQ(put("clerk", R"({"permissions":["roles:*"],"includes":[]})", "*").status, 200U);
}

TEST_F(AdminRolesTest, NobodyResetsThePasswordOfOneWhoseRolesGiveMore) {
  server.client->use_token(alice);
  add(R"({"role":"clerk","permissions":["users:write"]})");
  add(R"({"role":"auditor","permissions":["audit:read"]})");
  give_bob("clerk");
  const auto carol =
      server.users()
          .add({Username::parse("carol").value(), Role::parse("user").value(), PasswordHash{"x"}}, SystemClock{}.now())
          .value();
  const auto reset = "/admin/users/" + std::to_string(carol.id.value) + "/password-reset";
  server.client->use_token(bob);
  EXPECT_EQ(send(web::Method::post, reset).status, 200U);
  server.users().set_roles(carol.id, carol.role, RoleList::parse("auditor").value(), SystemClock{}.now()).value();
  EXPECT_EQ(message(send(web::Method::post, reset)), "Requires permission: audit:read");
}

}  // namespace
}  // namespace cardea::service
