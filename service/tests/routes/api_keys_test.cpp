#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class ApiKeysTest : public testing::Test {
 protected:
  web::TestResponse create(const std::string& json) { return server.client->post_json("/auth/api-keys", json); }
  std::string key_with(const std::string& scope) {
    return std::string(create(R"({"name":"backup","scope":")" + scope + R"("})").json().at("key").as_string());
  }
  boost::json::array listed() { return server.client->get("/auth/api-keys").json().at("items").as_array(); }
  web::TestResponse delete_at(const std::string& path) {
    web::Request request;
    request.method = web::Method::delete_;
    request.target = path;
    return server.client->send(std::move(request));
  }
  web::TestResponse revoke(const std::string& id) { return delete_at("/auth/api-keys/" + id); }
  static std::string code_of(const web::TestResponse& response) {
    return std::string(response.json().at("error").at("code").as_string());
  }
  std::ptrdiff_t events(AuditAction action) {
    return std::ranges::count(server.audit->events(), action, &AuditEvent::action);
  }

  DemoServer server;
  const std::string alice = server.log_in("alice", "alicepw");
  const std::string bob = server.log_in("bob", "bobpw");
};

TEST_F(ApiKeysTest, AreForThoseWhoHaveLoggedIn) {
  EXPECT_EQ(server.client->get("/auth/api-keys").status, 401U);
  EXPECT_EQ(create(R"({"name":"x"})").status, 401U);
  EXPECT_EQ(revoke("AAAAAAAAAAAAAAAAAAAAAA").status, 401U);
}

TEST_F(ApiKeysTest, AreShownOnceAndInNoCache) {
  server.client->use_token(alice);
  const auto answer = create(R"({"name":"nightly backup","scope":"keys:read","expires_in_days":7})");
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto key = answer.json();
  EXPECT_TRUE(key.at("key").as_string().starts_with("cardea_pat_"));
  EXPECT_EQ(key.at("name"), "nightly backup");
  EXPECT_EQ(key.at("scope"), "keys:read");
  EXPECT_TRUE(key.at("last_used_at").is_null());
  const auto made = parse_instant(key.at("created_at").as_string()).value();
  EXPECT_EQ(parse_instant(key.at("expires_at").as_string()).value(), made + std::chrono::days{7});
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].at("id"), key.at("id"));
  EXPECT_FALSE(listed()[0].as_object().contains("key"));
  EXPECT_EQ(events(AuditAction::api_key_created), 1);
}

TEST_F(ApiKeysTest, LiveForNinetyDaysUnlessSaid) {
  server.client->use_token(bob);
  const auto key = create(R"({"name":"x"})").json();
  const auto made = parse_instant(key.at("created_at").as_string()).value();
  EXPECT_EQ(parse_instant(key.at("expires_at").as_string()).value(), made + std::chrono::days{90});
}

TEST_F(ApiKeysTest, NameWhatIsWrongInARequestForOne) {
  server.client->use_token(alice);
  const struct {
    std::string_view body, where;
  } rows[] = {
      {R"({})", "/body/name"},
      {R"({"name":""})", "/body/name"},
      {R"({"name":"a\nb"})", "/body/name"},
      {R"({"name":"x","scope":"Keys"})", "/body/scope"},
      {R"({"name":"x","expires_in_days":0})", "/body/expires_in_days"},
      {R"({"name":"x","expires_in_days":367})", "/body/expires_in_days"},
  };
  for (const auto& row : rows) {
    const auto answer = create(std::string(row.body));
    EXPECT_EQ(answer.status, 422U) << row.body;
    EXPECT_EQ(std::string(answer.json().at("error").at("fields").at(0).at("where").as_string()), row.where) << row.body;
  }
  EXPECT_TRUE(listed().empty());
}

TEST_F(ApiKeysTest, CanDoNoMoreThanTheirMaker) {
  server.client->use_token(bob);
  const auto answer = create(R"({"name":"x","scope":"keys:read"})");
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(answer.json().at("error").at("message"), "Requires permission: keys:read");
  EXPECT_TRUE(listed().empty());
}

TEST_F(ApiKeysTest, OpenTheRoutesThatAllowThemWithinTheirScopesAndNoOthers) {
  server.client->use_token(alice);
  const auto reads = key_with("keys:read"), does_nothing = key_with("");
  server.client->use_token(reads);
  EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
  for (const auto* path : {"/me", "/admin/stats", "/auth/api-keys", "/auth/sessions", "/admin/clients"}) {
    const auto refused = server.client->get(path);
    EXPECT_EQ(refused.status, 401U) << path;
    EXPECT_EQ(code_of(refused), "token_invalid") << path;
  }
  EXPECT_EQ(server.client->post_json("/admin/keys/rotate", "{}").status, 401U);
  EXPECT_EQ(create(R"({"name":"x"})").status, 401U) << "a key makes no keys";
  server.client->use_token(does_nothing);
  EXPECT_EQ(server.client->get("/admin/keys").status, 403U);
}

TEST_F(ApiKeysTest, AreNarrowedToWhatTheirOwnerMayNow) {
  server.client->use_token(alice);
  server.client->use_token(key_with("keys:read"));
  EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
  ASSERT_TRUE(server.users().set_role(UserId{1}, Role::parse("user").value(), SystemClock{}.now()));
  EXPECT_EQ(server.client->get("/admin/keys").status, 403U);
  ASSERT_TRUE(server.users().set_state(UserId{1}, AccountState::disabled, SystemClock{}.now()));
  EXPECT_EQ(code_of(server.client->get("/admin/keys")), "user_disabled");
}

TEST_F(ApiKeysTest, ShowThatTheyWereUsed) {
  server.client->use_token(alice);
  server.client->use_token(key_with("keys:read"));
  EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
  server.client->use_token(alice);
  EXPECT_TRUE(listed()[0].at("last_used_at").is_string());
}

TEST_F(ApiKeysTest, AreRefusedFromTheNextRequestOnWhenRevoked) {
  server.client->use_token(alice);
  const auto key = create(R"({"name":"x","scope":"keys:read"})").json();
  const std::string id(key.at("id").as_string()), text(key.at("key").as_string());
  server.client->use_token(text);
  EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
  server.client->use_token(alice);
  EXPECT_EQ(revoke(id).status, 204U);
  EXPECT_EQ(code_of(revoke(id)), "api_key_not_found");
  EXPECT_TRUE(listed().empty());
  server.client->use_token(text);
  EXPECT_EQ(code_of(server.client->get("/admin/keys")), "token_invalid");
  EXPECT_EQ(server.audit->events().back().reason, ErrorCode::api_key_revoked);
  EXPECT_EQ(server.audit->events().back().subject, "alice");
}

TEST_F(ApiKeysTest, AreTheirOwnersAlone) {
  server.client->use_token(alice);
  const std::string id(create(R"({"name":"x"})").json().at("id").as_string());
  server.client->use_token(bob);
  EXPECT_TRUE(listed().empty());
  for (const auto& foreign : {id, std::string("AAAAAAAAAAAAAAAAAAAAAA"), std::string("x")}) {
    const auto answer = revoke(foreign);
    EXPECT_EQ(answer.status, 404U) << foreign;
    EXPECT_EQ(code_of(answer), "api_key_not_found") << foreign;
  }
  server.client->use_token(alice);
  EXPECT_EQ(listed().size(), 1U);
}

// Bob's, who is user 2.
class ApiKeysOfOthers : public ApiKeysTest {
 protected:
  ApiKeysOfOthers() {
    server.client->use_token(bob);
    for (auto& key : keys) key = std::string(create(R"({"name":"x"})").json().at("id").as_string());
    server.client->use_token(alice);
  }
  const std::string path = "/admin/users/2/api-keys";
  std::array<std::string, 2> keys;
};

TEST_F(ApiKeysOfOthers, AreListedForThoseWhoMayReadUsers) {
  const auto items = server.client->get(path).json().at("items").as_array();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_FALSE(items[0].as_object().contains("key"));
  EXPECT_TRUE(server.client->get("/admin/users/1/api-keys").json().at("items").as_array().empty());
  EXPECT_EQ(code_of(server.client->get("/admin/users/9/api-keys")), "account_not_found");
  server.client->use_token(bob);
  EXPECT_EQ(code_of(server.client->get(path)), "permission_required");
}

TEST_F(ApiKeysOfOthers, AreRevokedByThoseWhoMayWriteUsers) {
  EXPECT_EQ(delete_at(path + '/' + keys[0]).status, 204U);
  EXPECT_EQ(code_of(delete_at(path + '/' + keys[0])), "api_key_not_found");
  EXPECT_EQ(code_of(delete_at("/admin/users/1/api-keys/" + keys[1])), "api_key_not_found") << "it is not alice's";
  EXPECT_EQ(server.client->get(path).json().at("items").as_array().size(), 1U);
  EXPECT_EQ(delete_at(path).status, 204U);
  EXPECT_TRUE(server.client->get(path).json().at("items").as_array().empty());
  EXPECT_EQ(delete_at(path).status, 204U) << "there is nothing left to do";
  EXPECT_EQ(server.audit->events().back().action, AuditAction::api_key_revoked);
  EXPECT_EQ(server.audit->events().back().subject, "bob");
  server.client->use_token(bob);
  EXPECT_EQ(code_of(delete_at(path)), "permission_required");
  EXPECT_EQ(code_of(delete_at(path + '/' + keys[1])), "permission_required");
}

}  // namespace
}  // namespace cardea::service
