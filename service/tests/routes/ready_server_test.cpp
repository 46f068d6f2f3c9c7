#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/web/testing/test_client.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

// The demo, as `cardea serve --demo` wires it, without a socket.
class ReadyServer : public testing::Test {
 protected:
  ReadyServer() {
    const auto config = demo_config(folder_);
    backend_ = Backend::open(config, SystemClock{}.now(), audit_).value();
    Backend::provide(backend_, app_);
    add_ready_server(app_);
    client_.emplace(app_);
  }

  web::TestResponse log_in(std::string_view name, std::string_view password) {
    return client_->post_form("/auth/login", "username=" + std::string(name) + "&password=" + std::string(password));
  }
  void be(std::string_view name, std::string_view password) {
    client_->use_token(std::string(log_in(name, password).json().at("access_token").as_string()));
  }

  TemporaryFolder folder_;
  std::shared_ptr<MemoryAuditSink> audit_ = std::make_shared<MemoryAuditSink>();
  std::shared_ptr<Backend> backend_;
  web::App app_;
  std::optional<web::TestClient> client_;
};

TEST_F(ReadyServer, AnswersALoginWithATokenThatNoCacheKeeps) {
  const auto answer = log_in("alice", "alicepw");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto body = answer.json().as_object();
  EXPECT_EQ(body.size(), 4U);
  EXPECT_EQ(body.at("token_type"), "bearer");
  EXPECT_EQ(body.at("expires_in"), 1800);
  EXPECT_TRUE(body.at("refresh_token").as_string().starts_with("cardea_rt_"));
}

TEST_F(ReadyServer, TakesJsonForALoginToo) {
  EXPECT_EQ(client_->post_json("/auth/login", R"({"username":"bob","password":"bobpw"})").status, 200U);
}

TEST_F(ReadyServer, AnswersEveryBadLoginAlike) {
  for (const auto& [name, password] : {std::pair{"alice", "bobpw"}, {"mallory", "alicepw"}, {"No Name", "x"}}) {
    const auto answer = log_in(name, password);
    EXPECT_EQ(answer.status, 401U);
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(answer.json().at("error").at("message"), "Invalid credentials");
  }
}

TEST_F(ReadyServer, NamesWhatIsMissingInALogin) {
  const auto answer = client_->post_form("/auth/login", "username=alice");
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(answer.json().at("error").at("fields").at(0).at("where"), "/body/password");
}

TEST_F(ReadyServer, TellsACallerWhoTheyAre) {
  EXPECT_EQ(client_->get("/me").status, 401U);
  be("alice", "alicepw");
  EXPECT_EQ(client_->get("/me").body, R"({"id":1,"username":"alice","role":"admin"})");
}

TEST_F(ReadyServer, GreetsAdministratorsOnly) {
  be("alice", "alicepw");
  EXPECT_EQ(client_->get("/admin/stats").body, R"({"status":"ok","message":"Hello admin alice"})");
  be("bob", "bobpw");
  const auto answer = client_->get("/admin/stats");
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(answer.json().at("error").at("message"), "Requires role: admin");
}

TEST_F(ReadyServer, TakesAChangeOfRoleAtTheNextRequest) {
  be("bob", "bobpw");
  EXPECT_EQ(client_->get("/admin/stats").status, 403U);
  ASSERT_TRUE(backend_->users().set_role(UserId{2}, Role::parse("admin").value(), SystemClock{}.now()));
  EXPECT_EQ(client_->get("/admin/stats").status, 200U);
  ASSERT_TRUE(backend_->users().set_state(UserId{2}, AccountState::disabled, SystemClock{}.now()));
  EXPECT_EQ(client_->get("/me").json().at("error").at("message"), "User is disabled");
}

TEST_F(ReadyServer, IsAliveAndReady) {
  EXPECT_EQ(client_->get("/healthz").body, R"({"status":"ok"})");
  EXPECT_EQ(client_->get("/readyz").body, R"({"status":"ok"})");
}

TEST_F(ReadyServer, IsNotReadyWhileItWouldRefuseEveryToken) {
  web::App stale;
  Backend::provide(backend_, stale);
  const auto freshness = std::make_shared<Freshness>();
  freshness->end_now();
  stale.provide(freshness);
  add_ready_server(stale);
  const auto answer = web::TestClient{stale}.get("/readyz");
  EXPECT_EQ(answer.status, 503U);
  EXPECT_NE(answer.header("Retry-After"), "");
}

TEST_F(ReadyServer, LeavesAnAuditEventForEachLogin) {
  log_in("alice", "alicepw");
  log_in("alice", "wrong");
  const auto events = audit_->events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].action, AuditAction::login_succeeded);
  EXPECT_EQ(events[1].action, AuditAction::login_failed);
}

}  // namespace
}  // namespace cardea::service
