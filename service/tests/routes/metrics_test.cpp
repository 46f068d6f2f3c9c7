#include <gmock/gmock.h>

#include <boost/json/object.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

class MetricsOfTheReadyServer : public testing::Test {
 protected:
  std::string scrape() {
    server_.client->use_token(server_.log_in("alice", "alicepw"));
    return server_.client->get("/metrics").body;
  }
  std::string api_key_with(std::string_view scope) {
    server_.client->use_token(server_.log_in("alice", "alicepw"));
    const auto made =
        server_.client->post_json("/auth/api-keys", R"({"name": "scraper", "scope": ")" + std::string(scope) + "\"}");
    return std::string(made.json().at("key").as_string());
  }

  DemoServer server_;
};

TEST_F(MetricsOfTheReadyServer, AreForThoseWithThePermission) {
  EXPECT_EQ(server_.client->get("/metrics").status, 401U);
  server_.client->use_token(server_.log_in("bob", "bobpw"));
  EXPECT_EQ(server_.client->get("/metrics").status, 403U);
  server_.client->use_token(server_.log_in("alice", "alicepw"));
  EXPECT_EQ(server_.client->get("/metrics").status, 200U);
}

TEST_F(MetricsOfTheReadyServer, AreForAnApiKeyWithTheScope) {
  const auto other = api_key_with("keys:read");
  const auto key = api_key_with("metrics:read");
  server_.client->use_token(other);
  EXPECT_EQ(server_.client->get("/metrics").status, 403U);
  server_.client->use_token(key);
  EXPECT_EQ(server_.client->get("/metrics").status, 200U);
}

TEST_F(MetricsOfTheReadyServer, CountLoginsByOutcome) {
  server_.client->use_token(server_.log_in("alice", "alicepw"));
  for (int i = 0; i < 12; ++i) server_.client->post_form("/auth/login", "username=bob&password=wrong");
  const auto text = server_.client->get("/metrics").body;
  EXPECT_THAT(text, HasSubstr("cardea_logins_total{outcome=\"succeeded\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_logins_total{outcome=\"failed\"} 10\n"));
  EXPECT_THAT(text, HasSubstr("cardea_logins_total{outcome=\"throttled\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("cardea_sessions_started_total 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_pool_wait_seconds_count{pool=\"hashing\"} 13\n"));
}

TEST_F(MetricsOfTheReadyServer, CountRefreshesByOutcomeAndSessionsThatEnd) {
  const auto refresh = [this](const std::string& token) {
    return server_.client->post_json("/auth/refresh", R"({"refresh_token": ")" + token + "\"}");
  };
  const auto login = server_.client->post_form("/auth/login", "username=bob&password=bobpw").json();
  const std::string first(login.at("refresh_token").as_string());
  server_.client->set_now(SystemClock{}.now());
  refresh(first);
  refresh("cardea_rt_nonsense");
  server_.client->set_now(SystemClock{}.now() + std::chrono::minutes{1});
  EXPECT_EQ(refresh(first).json().at("error").at("code"), "refresh_token_reused");
  server_.client->set_now(SystemClock{}.now());
  const auto text = scrape();
  EXPECT_THAT(text, HasSubstr("cardea_refreshes_total{outcome=\"succeeded\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_refreshes_total{outcome=\"reused\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_refreshes_total{outcome=\"refused\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_sessions_started_total 2\n"));
  EXPECT_THAT(text, HasSubstr("cardea_sessions_ended_total 1\n"));
  EXPECT_THAT(text, HasSubstr("cardea_audit_events_total{action=\"session_ended\"} 1\n"));
}

TEST_F(MetricsOfTheReadyServer, CountWhatCachesKnow) {
  server_.client->use_token(server_.log_in("alice", "alicepw"));
  for (int i = 0; i < 4; ++i) server_.client->get("/me");
  const auto text = server_.client->get("/metrics").body;
  EXPECT_THAT(text, HasSubstr("cardea_cache_lookups_total{cache=\"tokens\",result=\"hit\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("cardea_cache_lookups_total{cache=\"tokens\",result=\"miss\"} 1\n"));
  // The login is a change that empties the memory of users once, when the watch of changes has seen it.
  constexpr std::string_view kHits = R"(cardea_cache_lookups_total{cache="users",result="hit"} )";
  EXPECT_THAT(text, AnyOf(HasSubstr(std::string(kHits) + "3\n"), HasSubstr(std::string(kHits) + "4\n")));
}

TEST_F(MetricsOfTheReadyServer, CountTokensThatAreRefusedByTheCode) {
  server_.client->use_token("nonsense");
  server_.client->get("/me");
  server_.client->get("/me");
  EXPECT_THAT(scrape(), HasSubstr("cardea_tokens_refused_total{code=\"token_malformed\"} 2\n"));
}

TEST_F(MetricsOfTheReadyServer, NameNoUserNoAddressAndNoToken) {
  const auto key = api_key_with("metrics:read");
  const auto text = scrape();
  for (const auto* secret : {"alice", "127.0.0.1", "scraper"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
  EXPECT_THAT(text, Not(HasSubstr(key)));
}

TEST_F(MetricsOfTheReadyServer, KnowTheAuditLogTheDatabaseAndTheKey) {
  const auto text = scrape();
  EXPECT_THAT(text, HasSubstr("\ncardea_audit_write_failures_total 0\n"));
  EXPECT_THAT(text, HasSubstr("\ncardea_audit_events_waiting "));
  EXPECT_THAT(text, HasSubstr("\ncardea_database_connections_open "));
  EXPECT_THAT(text, HasSubstr("\ncardea_database_connection_wait_seconds_count "));
  EXPECT_THAT(text, HasSubstr("\ncardea_signing_key_since_timestamp_seconds{algorithm=\"HS256\"} 1"));
}

TEST(MetricsOption, LeavesTheRouteOutOrOpensIt) {
  web::App closed;
  add_ready_server(closed, MetricsAccess::off);
  EXPECT_FALSE(closed.find_route(web::Method::get, "/metrics").has_value());
  web::App open;
  add_ready_server(open, MetricsAccess::everyone);
  EXPECT_EQ(web::TestClient{open}.get("/metrics").status, 200U);
}

}  // namespace
}  // namespace cardea::service
