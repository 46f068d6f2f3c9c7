#include <cardea/service/routes/admin_users.hpp>

#include <gtest/gtest.h>

#include <algorithm>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

using web::Method;
using web::TestResponse;

class AdminUsersTest : public testing::Test {
 protected:
  AdminUsersTest() { server.client->use_token(alice); }

  TestResponse send(Method method, std::string target, std::string body = {}, const std::string& if_match = {}) {
    web::Request request;
    request.method = method;
    request.target = std::move(target);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    if (!if_match.empty()) request.headers.add("If-Match", if_match);
    request.body = std::move(body);
    return server.client->send(std::move(request));
  }
  TestResponse get(std::string target) { return send(Method::get, std::move(target)); }
  TestResponse add(std::string body) { return send(Method::post, "/admin/users", std::move(body)); }
  TestResponse patch(int id, std::string body, const std::string& if_match = "*") {
    return send(Method::patch, "/admin/users/" + std::to_string(id), std::move(body), if_match);
  }
  TestResponse remove(int id, const std::string& if_match = "*") {
    return send(Method::delete_, "/admin/users/" + std::to_string(id), {}, if_match);
  }
  TestResponse restore(int id) { return send(Method::post, "/admin/users/" + std::to_string(id) + "/restore"); }
  std::string tag_of(int id) { return std::string(get("/admin/users/" + std::to_string(id)).header("ETag")); }
  void give_bob(std::string_view first) {
    server.users().set_role(UserId{2}, Role::parse(first).value(), SystemClock{}.now()).value();
  }
  // Somebody who may change users, and nothing else.
  void become_clerk() {
    const auto added = send(Method::post, "/admin/roles", R"({"role":"clerk","permissions":["users:*"]})");
    EXPECT_EQ(added.status, 201U) << added.body;
    give_bob("clerk");
    server.client->use_token(bob);
  }

  static std::string code(const TestResponse& response) {
    return std::string(response.json().at("error").at("code").as_string());
  }
  static std::string message(const TestResponse& response) {
    return std::string(response.json().at("error").at("message").as_string());
  }
  static std::vector<std::string> names(const TestResponse& response) {
    std::vector<std::string> names;
    const auto body = response.json();
    for (const auto& item : body.at("items").as_array()) names.emplace_back(item.at("username").as_string());
    return names;
  }
  std::ptrdiff_t events(AuditAction action) {
    return std::ranges::count(server.audit->events(), action, &AuditEvent::action);
  }

  DemoServer server;
  const std::string alice = server.log_in("alice", "alicepw"), bob = server.log_in("bob", "bobpw");
};

TEST_F(AdminUsersTest, AreForThoseWithThePermissionOnly) {
  struct Route {
    Method method;
    std::string target, body;
  };
  const std::vector<Route> routes{
      {Method::get, "/admin/users", ""},       {Method::post, "/admin/users", R"({"username":"carol"})"},
      {Method::get, "/admin/users/1", ""},     {Method::patch, "/admin/users/1", R"({"role":"user"})"},
      {Method::delete_, "/admin/users/1", ""}, {Method::post, "/admin/users/1/restore", ""}};
  const auto expect_everywhere = [&](unsigned status) {
    for (const auto& [method, target, body] : routes) {
      EXPECT_EQ(send(method, target, body, "*").status, status) << target << body;
    }
  };
  server.client->use_token("");
  expect_everywhere(401);
  server.client->use_token(bob);
  expect_everywhere(403);
  EXPECT_EQ(server.users().find(UserId{1}).value()->state, AccountState::active);
}

TEST_F(AdminUsersTest, ShowAnAccountWithItsVersionAsTheTag) {
  const auto answer = get("/admin/users/2");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("ETag"), "\"1\"");
  const auto body = answer.json().as_object();
  EXPECT_EQ(body.at("username"), "bob");
  EXPECT_EQ(body.at("role"), "user");
  EXPECT_EQ(body.at("state"), "active");
  EXPECT_TRUE(body.at("email").is_null());
  EXPECT_EQ(body.at("version"), 1);
  EXPECT_FALSE(answer.body.contains("hash"));
  EXPECT_EQ(code(get("/admin/users/99")), "account_not_found");
}

TEST_F(AdminUsersTest, AreListedPageByPage) {
  for (const auto* name : {"carol", "dave", "erin"}) {
    EXPECT_EQ(add(std::string(R"({"username":")") + name + R"("})").status, 201U);
  }
  std::vector<std::string> all;
  std::string cursor;
  do {
    const auto page = get("/admin/users?limit=2&sort=username&descending=true" + cursor);
    ASSERT_EQ(page.status, 200U) << page.body;
    for (auto& name : names(page)) all.push_back(std::move(name));
    const auto next = page.json().at("next");
    cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
  } while (!cursor.empty());
  EXPECT_EQ(all, (std::vector<std::string>{"erin", "dave", "carol", "bob", "alice"}));
}

TEST_F(AdminUsersTest, AreFoundByTextRoleAndState) {
  EXPECT_EQ(add(R"({"username":"carol","email":"Bobby@example.com"})").status, 201U);
  EXPECT_EQ(names(get("/admin/users?search=bob")), (std::vector<std::string>{"bob", "carol"}));
  EXPECT_EQ(names(get("/admin/users?search=BOBBY@")), std::vector<std::string>{"carol"});
  EXPECT_EQ(names(get("/admin/users?role=admin")), std::vector<std::string>{"alice"});
  EXPECT_EQ(patch(2, R"({"state":"disabled"})").status, 200U);
  EXPECT_EQ(names(get("/admin/users?state=disabled")), std::vector<std::string>{"bob"});
  EXPECT_EQ(names(get("/admin/users?state=disabled&role=admin")), std::vector<std::string>{});
}

TEST_F(AdminUsersTest, RefuseAQueryThatIsNone) {
  for (const auto* query : {"sort=name", "state=gone", "role=No", "search=", "search=a%20b", "cursor=x", "cursor=MTc",
                            "limit=0", "limit=201", "descending=maybe"}) {
    const auto answer = get(std::string("/admin/users?") + query);
    EXPECT_EQ(answer.status, 422U) << query;
    const auto where = "/query/" + std::string(query).substr(0, std::string_view{query}.find('='));
    EXPECT_EQ(answer.json().at("error").at("fields").at(0).at("where").as_string(), where);
  }
}

TEST_F(AdminUsersTest, AreMadeWithAPasswordOrWithout) {
  const auto added = add(R"({"username":"carol","password":"a-long-enough-passphrase","email":"c@example.com"})");
  EXPECT_EQ(added.status, 201U) << added.body;
  EXPECT_EQ(added.header("Location"), "/admin/users/3");
  EXPECT_EQ(added.header("ETag"), "\"1\"");
  EXPECT_EQ(added.json().at("role"), "user");
  EXPECT_FALSE(server.log_in("carol", "a-long-enough-passphrase").empty());
  EXPECT_EQ(code(add(R"({"username":"carol"})")), "username_taken");
  EXPECT_EQ(code(add(R"({"username":"dave","password":"short"})")), "password_rejected");
  EXPECT_EQ(code(add(R"({"username":"dave","email":"dave"})")), "email_invalid");
  EXPECT_EQ(add(R"({"username":"dave","role":"No Role"})").status, 422U);
  EXPECT_EQ(add(R"({"username":"dave"})").status, 201U);
  const auto form = "username=dave&password=";
  EXPECT_EQ(server.client->post_form("/auth/login", form).status, 401U);
  EXPECT_EQ(events(AuditAction::user_created), 4);
}

TEST_F(AdminUsersTest, TakeAChangeOfSeveralThingsAtOnce) {
  const auto changed = patch(2, R"({"role":"auditor","other_roles":["editor","auditor"],"email":"B@example.com"})");
  EXPECT_EQ(changed.status, 200U) << changed.body;
  EXPECT_EQ(changed.header("ETag"), "\"2\"");
  EXPECT_EQ(changed.json().at("role"), "auditor");
  EXPECT_EQ(changed.json().at("other_roles").as_array().size(), 1U);
  EXPECT_EQ(changed.json().at("email"), "b@example.com");
  EXPECT_EQ(patch(2, R"({"role":"user"})").json().at("other_roles").at(0), "editor") << "what is absent stays";
  EXPECT_TRUE(patch(2, R"({"email":null})").json().at("email").is_null());
  EXPECT_EQ(events(AuditAction::role_changed), 2);
  EXPECT_EQ(events(AuditAction::email_changed), 2);
  EXPECT_EQ(patch(2, "{}").header("ETag"), "\"4\"") << "nothing to change";
}

TEST_F(AdminUsersTest, DisableAndEnable) {
  const auto until = patch(2, R"({"state":"disabled","disabled_until":"2999-01-01T00:00:00Z"})");
  EXPECT_EQ(until.json().at("state"), "disabled");
  EXPECT_EQ(until.json().at("disabled_until"), "2999-01-01T00:00:00Z");
  EXPECT_TRUE(patch(2, R"({"state":"disabled"})").json().at("disabled_until").is_null());
  server.client->use_token(bob);
  EXPECT_EQ(server.client->get("/me").status, 401U);
  server.client->use_token(alice);
  EXPECT_EQ(patch(2, R"({"state":"active"})").json().at("state"), "active");
  EXPECT_EQ(patch(2, R"({"state":"disabled","disabled_until":"2000-01-01T00:00:00Z"})").status, 422U);
  EXPECT_EQ(patch(2, R"({"disabled_until":"2999-01-01T00:00:00Z"})").status, 422U);
  EXPECT_EQ(patch(2, R"({"state":"deleted"})").status, 422U);
}

TEST_F(AdminUsersTest, ChangeOnlyTheVersionThatTheCallerHasSeen) {
  EXPECT_EQ(code(patch(2, R"({"role":"x"})", "")), "precondition_required");
  EXPECT_EQ(remove(2, "").status, 428U);
  EXPECT_EQ(patch(2, R"({"role":"x"})", "\"1\"").status, 200U);
  for (const auto& stale : {patch(2, R"({"role":"y"})", "\"1\""), remove(2, "\"1\"")}) {
    EXPECT_EQ(stale.status, 412U);
    EXPECT_EQ(code(stale), "precondition_failed");
    EXPECT_EQ(stale.header("ETag"), "\"2\"");
  }
  EXPECT_EQ(get("/admin/users/2").json().at("role"), "x");
  EXPECT_EQ(remove(2, "\"2\"").status, 204U);
}

TEST_F(AdminUsersTest, AreDeletedOnceAndGivenBack) {
  EXPECT_EQ(code(restore(2)), "conflict");
  EXPECT_EQ(remove(2).status, 204U);
  EXPECT_EQ(remove(2, tag_of(2)).status, 204U) << "again, which changes nothing";
  EXPECT_EQ(get("/admin/users/2").json().at("state"), "deleted");
  EXPECT_EQ(code(patch(2, R"({"role":"x"})")), "conflict");
  const auto restored = restore(2);
  EXPECT_EQ(restored.status, 200U) << restored.body;
  EXPECT_EQ(restored.header("ETag"), tag_of(2));
  EXPECT_EQ(restored.json().at("state"), "active");
  EXPECT_EQ(remove(99).status, 404U);
  EXPECT_EQ(restore(99).status, 404U);
}

TEST_F(AdminUsersTest, KeepTheLastAdministrator) {
  for (const auto& refusal : {patch(1, R"({"role":"user"})"), patch(1, R"({"state":"disabled"})"),
                              patch(1, R"({"state":"disabled","disabled_until":"2999-01-01T00:00:00Z"})"), remove(1)}) {
    EXPECT_EQ(refusal.status, 409U);
    EXPECT_EQ(code(refusal), "last_administrator");
  }
  EXPECT_EQ(patch(1, R"({"email":"a@example.com"})").status, 200U);
  EXPECT_EQ(patch(2, R"({"other_roles":["admin"]})").status, 200U);
  EXPECT_EQ(patch(1, R"({"role":"user"})").status, 200U);
}

TEST_F(AdminUsersTest, CountARoleThatAnOrganisationHasMade) {
  become_clerk();
  server.client->use_token(alice);
  EXPECT_EQ(patch(1, R"({"role":"user"})").status, 200U) << "bob may change users";
}

TEST_F(AdminUsersTest, GiveNobodyMoreThanTheGiverHas) {
  become_clerk();
  EXPECT_EQ(add(R"({"username":"carol","role":"clerk"})").status, 201U);
  const auto refused = add(R"({"username":"dave","role":"admin"})");
  EXPECT_EQ(refused.status, 403U);
  EXPECT_EQ(message(refused), "Requires permission: *");
  EXPECT_EQ(patch(3, R"({"role":"admin"})").status, 403U);
  EXPECT_EQ(patch(3, R"({"other_roles":["admin"]})").status, 403U);
  EXPECT_EQ(patch(2, R"({"role":"admin"})").status, 403U) << "not to oneself either";
  EXPECT_GE(events(AuditAction::access_denied), 4);
}

TEST_F(AdminUsersTest, LeaveAloneWhoMayDoMore) {
  EXPECT_EQ(add(R"({"username":"carol","role":"admin"})").status, 201U);
  EXPECT_EQ(remove(3).status, 204U);
  become_clerk();
  EXPECT_EQ(patch(1, R"({"email":"mine@example.com"})").status, 403U);
  EXPECT_EQ(patch(1, R"({"state":"disabled"})").status, 403U);
  EXPECT_EQ(remove(1).status, 403U);
  EXPECT_EQ(restore(3).status, 403U) << "an administrator comes back by administrators";
}

}  // namespace
}  // namespace cardea::service
