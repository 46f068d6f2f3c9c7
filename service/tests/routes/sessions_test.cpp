#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/web/testing/test_client.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

struct Tokens {
  std::string access;
  std::string refresh;
};

// The demo's sessions, as `cardea serve --demo` has them, without a socket.
class SessionsTest : public testing::Test {
 protected:
  SessionsTest() { start(); }
  // Or again, as another process would.
  void start() {
    client_.reset();
    app_.reset();
    backend_.reset();
    backend_ = Backend::open(config_, now_, audit_).value();
    app_.emplace();
    Backend::provide(backend_, *app_);
    add_ready_server(*app_);
    client_.emplace(*app_);
    client_->set_now(now_);
  }
  void pass(std::chrono::microseconds time) {
    now_ += time;
    client_->set_now(now_);
  }

  static Tokens tokens_in(const web::TestResponse& response) {
    EXPECT_EQ(response.status, 200U) << response.body;
    const auto body = response.json().as_object();
    return {std::string(body.at("access_token").as_string()), std::string(body.at("refresh_token").as_string())};
  }
  Tokens log_in(std::string_view name, std::string_view agent = "Firefox") {
    web::Headers headers;
    headers.add("User-Agent", agent);
    client_->use_token({});
    const std::string form = "username=" + std::string(name) + "&password=" + std::string(name) + "pw";
    return tokens_in(client_->post_form("/auth/login", form, headers));
  }
  web::TestResponse refresh(const std::string& token) {
    return client_->post_json("/auth/refresh", R"({"refresh_token":")" + token + "\"}");
  }
  unsigned status_with(const std::string& token, const std::string& target = "/me") {
    client_->use_token(token);
    const auto status = client_->get(target).status;
    client_->use_token({});
    return status;
  }
  unsigned log_out(const std::string& token, const std::string& query = "") {
    client_->use_token(token);
    const auto status = client_->post_form("/auth/logout" + query, "").status;
    client_->use_token({});
    return status;
  }
  boost::json::array sessions_of(const std::string& token, const std::string& target = "/auth/sessions") {
    client_->use_token(token);
    const auto response = client_->get(target);
    client_->use_token({});
    EXPECT_EQ(response.status, 200U) << response.body;
    return response.json().at("items").as_array();
  }
  static std::string code_of(const web::TestResponse& response) {
    return std::string(response.json().at("error").at("code").as_string());
  }
  web::TestResponse refresh_by_cookie(const std::string& cookie, std::string_view origin) {
    web::Headers headers;
    headers.add("Host", "id.example");
    headers.add("Cookie", "theme=dark; __Secure-cardea_refresh=" + cookie);
    if (!origin.empty()) headers.add("Origin", origin);
    return client_->post_form("/auth/refresh", "", headers);
  }

  TemporaryFolder folder_;
  Config config_ = demo_config(folder_);
  Instant now_ = SystemClock{}.now();
  std::shared_ptr<MemoryAuditSink> audit_ = std::make_shared<MemoryAuditSink>();
  std::shared_ptr<Backend> backend_;
  std::optional<web::App> app_;
  std::optional<web::TestClient> client_;
};

TEST_F(SessionsTest, ARefreshTokenIsExchangedForANewPairThatNoCacheKeeps) {
  const auto first = log_in("alice");
  const auto response = refresh(first.refresh);
  EXPECT_EQ(response.header("Cache-Control"), "no-store");
  EXPECT_EQ(response.json().at("token_type"), "bearer");
  const auto second = tokens_in(response);
  EXPECT_NE(second.refresh, first.refresh);
  EXPECT_EQ(status_with(second.access), 200U);
}

TEST_F(SessionsTest, TakesAFormForARefreshToo) {
  EXPECT_EQ(client_->post_form("/auth/refresh", "refresh_token=" + log_in("alice").refresh).status, 200U);
}

TEST_F(SessionsTest, RefusesWhatIsNoRefreshToken) {
  const auto response = refresh("nonsense");
  EXPECT_EQ(response.status, 401U);
  EXPECT_EQ(code_of(response), "refresh_token_invalid");
  EXPECT_EQ(refresh(log_in("alice").access).status, 401U);
  EXPECT_EQ(client_->post_json("/auth/refresh", "{}").status, 422U);
  EXPECT_EQ(client_->post_form("/auth/refresh", "").status, 422U);
}

TEST_F(SessionsTest, AReplayAfterTheGraceEndsTheSession) {
  const auto first = log_in("alice");
  const auto second = tokens_in(refresh(first.refresh));
  pass(10s);
  EXPECT_EQ(code_of(refresh(first.refresh)), "refresh_token_reused");
  EXPECT_EQ(code_of(refresh(second.refresh)), "refresh_token_invalid");
  EXPECT_EQ(status_with(second.access), 401U);
}

TEST_F(SessionsTest, ALogoutEndsTheSessionOfTheTokenAtOnce) {
  const auto one = log_in("alice");
  const auto other = log_in("alice");
  EXPECT_EQ(log_out(one.access), 204U);
  EXPECT_EQ(status_with(one.access), 401U);
  EXPECT_EQ(refresh(one.refresh).status, 401U);
  EXPECT_EQ(status_with(other.access), 200U);
}

TEST_F(SessionsTest, ALogoutOfOthersLeavesTheOneItCameFrom) {
  const auto one = log_in("alice");
  const auto other = log_in("alice");
  const auto bobs = log_in("bob");
  EXPECT_EQ(log_out(one.access, "?scope=others"), 204U);
  EXPECT_EQ(status_with(other.access), 401U);
  EXPECT_EQ(status_with(one.access), 200U);
  EXPECT_EQ(status_with(bobs.access), 200U);
}

TEST_F(SessionsTest, AGlobalLogoutEndsAllOfThem) {
  const auto one = log_in("alice");
  const auto other = log_in("alice");
  EXPECT_EQ(log_out(one.access, "?scope=global"), 204U);
  EXPECT_EQ(status_with(one.access), 401U);
  EXPECT_EQ(status_with(other.access), 401U);
  EXPECT_EQ(log_out(log_in("alice").access, "?scope=everywhere"), 422U);
}

TEST_F(SessionsTest, WhatHasEndedStaysSoAcrossARestartAndWhatLivesGoesOn) {
  const auto one = log_in("alice");
  const auto other = log_in("alice");
  ASSERT_EQ(log_out(one.access), 204U);
  start();
  EXPECT_EQ(status_with(one.access), 401U);
  EXPECT_EQ(refresh(one.refresh).status, 401U);
  EXPECT_EQ(status_with(other.access), 200U);
  EXPECT_EQ(refresh(other.refresh).status, 200U);
}

TEST_F(SessionsTest, AUserSeesWhereTheyAreLoggedInAndEndsWhatTheyDoNotKnow) {
  const auto phone = log_in("alice", "Phone");
  pass(1s);
  const auto laptop = log_in("alice", "Laptop");
  log_in("bob");
  const auto sessions = sessions_of(laptop.access);
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(sessions[0].at("user_agent"), "Laptop");
  EXPECT_EQ(sessions[0].at("current"), true);
  EXPECT_EQ(sessions[1].at("user_agent"), "Phone");
  EXPECT_EQ(sessions[1].at("current"), false);

  client_->use_token(laptop.access);
  const auto target = "/auth/sessions/" + std::string(sessions[1].at("id").as_string());
  EXPECT_EQ(client_->delete_(target).status, 204U);
  EXPECT_EQ(client_->delete_(target).status, 404U);
  EXPECT_EQ(client_->delete_("/auth/sessions/none").status, 404U);
  EXPECT_EQ(status_with(phone.access), 401U);
}

TEST_F(SessionsTest, NobodyEndsTheSessionOfAnother) {
  const auto bobs = log_in("bob");
  const auto target = "/auth/sessions/" + std::string(sessions_of(bobs.access)[0].at("id").as_string());
  client_->use_token(log_in("alice").access);
  const auto response = client_->delete_(target);
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(code_of(response), "session_not_found");
  EXPECT_EQ(status_with(bobs.access), 200U);
}

TEST_F(SessionsTest, AnAdministratorSeesAndEndsAUsersSessions) {
  const auto bobs = log_in("bob");
  log_in("bob");
  const auto alices = log_in("alice");
  EXPECT_EQ(status_with(bobs.access, "/admin/users/2/sessions"), 403U);
  const auto sessions = sessions_of(alices.access, "/admin/users/2/sessions");
  ASSERT_EQ(sessions.size(), 2U);
  const auto newest = std::string(sessions[0].at("id").as_string());
  client_->use_token(alices.access);
  EXPECT_EQ(client_->get("/admin/users/77/sessions").status, 404U);
  EXPECT_EQ(client_->delete_("/admin/users/1/sessions/" + newest).status, 404U);
  EXPECT_EQ(client_->delete_("/admin/users/2/sessions/" + newest).status, 204U);
  EXPECT_EQ(sessions_of(alices.access, "/admin/users/2/sessions").size(), 1U);
  client_->use_token(alices.access);
  EXPECT_EQ(client_->delete_("/admin/users/2/sessions").status, 204U);
  EXPECT_EQ(status_with(bobs.access), 401U);
  EXPECT_EQ(status_with(alices.access), 200U);
}

TEST_F(SessionsTest, ATokenWithoutASessionHasNoneToEnd) {
  AccessTokenIssuer& issuer = *app_->provisions().find<AccessTokenIssuer>();
  const auto alice = backend_->users().find(UserId{1}).value().value();
  const auto token = issuer.issue(alice, now_).value().token;
  EXPECT_EQ(log_out(token), 403U);
  EXPECT_EQ(log_out(token, "?scope=global"), 204U);
  EXPECT_EQ(status_with(token), 200U);
}

TEST_F(SessionsTest, ABrowserHasItsRefreshTokenInACookieThatNoScriptReads) {
  const auto login = client_->post_form("/auth/login", "username=alice&password=alicepw&refresh_cookie=true");
  EXPECT_FALSE(login.json().as_object().contains("refresh_token"));
  const auto cookie = login.header("Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("__Secure-cardea_refresh=cardea_rt_")) << cookie;
  EXPECT_TRUE(cookie.ends_with("; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=Strict")) << cookie;
  const auto token = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);

  const auto response = refresh_by_cookie(token, "https://id.example");
  EXPECT_EQ(response.status, 200U) << response.body;
  EXPECT_FALSE(response.json().as_object().contains("refresh_token"));
  EXPECT_TRUE(response.header("Set-Cookie").starts_with("__Secure-cardea_refresh=cardea_rt_"));
}

TEST_F(SessionsTest, ACookieCountsOnlyWithARequestOfThisOrigin) {
  const auto token = log_in("alice").refresh;
  for (const std::string_view origin : {"", "null", "https://id.example.evil", "https://evil", "id.example"}) {
    const auto response = refresh_by_cookie(token, origin);
    EXPECT_EQ(response.status, 403U) << origin;
    EXPECT_EQ(code_of(response), "origin_refused");
  }
  EXPECT_EQ(refresh_by_cookie(token, "https://ID.example").status, 200U);
}

TEST_F(SessionsTest, ALogoutTakesTheCookieBack) {
  const auto tokens = log_in("alice");
  web::Headers headers;
  headers.add("Cookie", "__Secure-cardea_refresh=" + tokens.refresh);
  client_->use_token(tokens.access);
  const auto response = client_->post_form("/auth/logout", "", headers);
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(response.header("Set-Cookie"),
            "__Secure-cardea_refresh=; Max-Age=0; Path=/auth; HttpOnly; Secure; SameSite=Strict");
}

TEST_F(SessionsTest, KeepsNoUserAgentThatIsNotText) {
  const auto tokens = log_in("alice", "\xFF\xFE");
  EXPECT_EQ(sessions_of(tokens.access)[0].at("user_agent"), "");
  pass(1s);
  const auto longer = log_in("alice", std::string(255, 'a') + "\u00E4");
  EXPECT_EQ(sessions_of(longer.access)[0].at("user_agent").as_string(), std::string(255, 'a'));
}

}  // namespace
}  // namespace cardea::service
