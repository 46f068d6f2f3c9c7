#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cardea/core/audit/audit_verification.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/wiring/audit_trail.hpp>
#include <cardea/service/wiring/backend.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class AdminAuditTest : public testing::Test {
 protected:
  AdminAuditTest() {
    Backend::provide(backend, app);
    add_ready_server(app);
    client.emplace(app);
    alice = log_in("alice", "alicepw");
    bob = log_in("bob", "bobpw");
    client->post_form("/auth/login", "username=bob&password=wrong");
    client->use_token(alice);
  }

  std::string log_in(std::string_view name, std::string_view password) {
    const auto form = "username=" + std::string(name) + "&password=" + std::string(password);
    return std::string(client->post_form("/auth/login", form).json().at("access_token").as_string());
  }
  AuditTrail& trail() { return backend->audit_trail(); }
  boost::json::value listed(const std::string& query = "") {
    trail().sink().flush();
    const auto answer = client->get("/admin/audit" + query);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return answer.json();
  }
  std::vector<std::string> events(const std::string& query) {
    std::vector<std::string> names;
    const auto page = listed(query);
    for (const auto& item : page.at("items").as_array()) names.emplace_back(item.at("event").as_string());
    return names;
  }
  std::string refusal(const std::string& query) {
    const auto answer = client->get("/admin/audit" + query);
    EXPECT_EQ(answer.status, 422U) << answer.body;
    const auto field = answer.json().at("error").at("fields").at(0);
    return std::string(field.at("where").as_string()) + " " + std::string(field.at("reason").as_string());
  }

  TemporaryFolder folder;
  Config config = demo_config(folder);
  std::shared_ptr<MemoryAuditSink> lines = std::make_shared<MemoryAuditSink>();
  std::shared_ptr<Backend> backend = Backend::open(config, SystemClock{}.now(), lines).value();
  web::App app;
  std::optional<web::TestClient> client;
  std::string alice, bob;
};

TEST_F(AdminAuditTest, NeedsThePermission) {
  client->use_token(bob);
  const auto answer = client->get("/admin/audit");
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(answer.json().at("error").at("message"), "Requires permission: audit:read");
}

TEST_F(AdminAuditTest, ListsWhatHasHappenedTheLastEventFirst) {
  const auto page = listed();
  EXPECT_TRUE(page.at("next").is_null());
  const auto& items = page.at("items").as_array();
  ASSERT_EQ(items.size(), 3U);
  const auto& failed = items[0].as_object();
  EXPECT_EQ(failed.at("sequence"), 3);
  EXPECT_EQ(failed.at("event"), "login_failed");
  EXPECT_EQ(failed.at("outcome"), "refused");
  EXPECT_EQ(failed.at("reason"), "invalid_credentials");
  EXPECT_EQ(failed.at("subject"), "bob");
  EXPECT_EQ(failed.at("count"), 1);
  EXPECT_EQ(failed.at("hash").as_string().size(), 64U);
  EXPECT_EQ(items[2].at("subject"), "alice");
  EXPECT_EQ(items[2].at("outcome"), "done");
  EXPECT_TRUE(items[2].at("reason").is_null());
}

TEST_F(AdminAuditTest, FiltersByWhatIsAskedFor) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(events("?subject=bob"), (Names{"login_failed", "login_succeeded"}));
  EXPECT_EQ(events("?subject=bob&outcome=done"), Names{"login_succeeded"});
  EXPECT_EQ(events("?event=login_failed"), Names{"login_failed"});
  EXPECT_EQ(events("?address=203.0.113.9"), Names{});
  EXPECT_EQ(events("?until=2000-01-01T00:00:00Z"), Names{});
  EXPECT_EQ(events("?since=2000-01-01T00:00:00Z&outcome=refused"), Names{"login_failed"});
}

TEST_F(AdminAuditTest, PagesByACursor) {
  const auto first = listed("?limit=2");
  EXPECT_EQ(first.at("items").as_array().size(), 2U);
  const auto rest = listed("?limit=2&cursor=" + std::string(first.at("next").as_string()));
  ASSERT_EQ(rest.at("items").as_array().size(), 1U);
  EXPECT_EQ(rest.at("items").at(0).at("sequence"), 1);
  EXPECT_TRUE(rest.at("next").is_null());
}

TEST_F(AdminAuditTest, SaysWhichParameterIsWrong) {
  EXPECT_EQ(refusal("?event=login"), "/query/event is no event of the audit log");
  EXPECT_EQ(refusal("?since=yesterday"), "/query/since must be a time, such as 2026-01-01T12:00:00Z");
  EXPECT_EQ(refusal("?outcome=good"), "/query/outcome must be one of done, refused");
  EXPECT_EQ(refusal("?cursor=-1"), "/query/cursor is not the `next` of a page");
  EXPECT_EQ(refusal("?cursor=18446744073709551615"), "/query/cursor is not the `next` of a page");
  EXPECT_TRUE(refusal("?limit=201").starts_with("/query/limit "));
}

TEST_F(AdminAuditTest, HasEveryEventThatTheLogOfTheProcessHas) {
  client->post_json("/auth/logout", "{}");
  trail().sink().flush();
  const auto rows = trail().store().read(0, 100).value();
  const auto events = lines->events();
  ASSERT_EQ(rows.size(), events.size());
  EXPECT_EQ(rows.back().event, "session_ended");
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].event, name_of(events[i].action));
}

TEST_F(AdminAuditTest, IsVerifiedByTheMasterKeyBesideTheDatabase) {
  trail().sink().flush();
  const auto signer = audit_signer_of(config);
  ASSERT_TRUE(signer.has_value());
  const auto verdict = verify_audit(trail().store(), *signer).value();
  EXPECT_FALSE(verdict.flaw.has_value()) << verdict.flaw->sentence;
  EXPECT_EQ(verdict.unsigned_rows(), 0U);
}

TEST_F(AdminAuditTest, StaysWholeUnderANewMasterKey) {
  trail().sink().flush();
  auto accounts = Accounts::open(config, SystemClock{}.now()).value();
  ASSERT_TRUE(SigningKeys::reseal(config, accounts.database()).has_value());
  ASSERT_TRUE(trail().reload_signer());
  client->get("/admin/audit");
  client->use_token("nonsense");
  client->get("/me");
  trail().sink().flush();
  const auto verdict = verify_audit(trail().store(), audit_signer_of(config).value()).value();
  EXPECT_FALSE(verdict.flaw.has_value()) << verdict.flaw->sentence;
  EXPECT_EQ(verdict.rows, 4U);
}

}  // namespace
}  // namespace cardea::service
