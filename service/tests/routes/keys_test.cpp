#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/jws_verifier.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/web/testing/test_client.hpp>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

// The ready server with its demo users, signing by an algorithm.
class Demo {
 public:
  explicit Demo(Algorithm algorithm, std::optional<std::string> secret = {}) {
    auto config = demo_config(folder_);
    config.signing_algorithm = algorithm;
    if (secret) config.jwt_secret = Secret::copy_of(*secret);
    backend_ = Backend::open(config, SystemClock{}.now(), audit).value();
    Backend::provide(backend_, app_);
    add_ready_server(app_);
    client.emplace(app_);
  }

  std::string token(std::string_view name, std::string_view password) {
    const auto form = "username=" + std::string(name) + "&password=" + std::string(password);
    return std::string(client->post_form("/auth/login", form).json().at("access_token").as_string());
  }

  std::shared_ptr<MemoryAuditSink> audit = std::make_shared<MemoryAuditSink>();

 private:
  TemporaryFolder folder_;
  std::shared_ptr<Backend> backend_;
  web::App app_;

 public:
  std::optional<web::TestClient> client;
};

TEST(Jwks, VerifyTheServersOwnTokens) {
  for (const auto algorithm :
       {Algorithm::rs256, Algorithm::ps384, Algorithm::es256, Algorithm::es512, Algorithm::eddsa}) {
    Demo demo{algorithm};
    const auto keys = read_jwk_set(demo.client->get("/.well-known/jwks.json").body).value();
    const auto token = demo.token("alice", "alicepw");
    EXPECT_TRUE(JwsVerifier{keys}.verify(token)) << name_of(algorithm);
    demo.client->use_token(token);
    EXPECT_EQ(demo.client->get("/me").status, 200U) << name_of(algorithm);
  }
}

TEST(Jwks, AreEmptyWhileTokensAreSignedByASecret) {
  for (const auto& secret :
       {std::optional<std::string>{}, std::optional{std::string("b7f3a1c09d5e4826b7f3a1c09d5e4826")}}) {
    Demo demo{Algorithm::hs256, secret};
    const auto answer = demo.client->get("/.well-known/jwks.json");
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, R"({"keys":[]})");
  }
}

TEST(Jwks, MayBeKeptAndAreNotSentAgainToWhoHasThem) {
  Demo demo{Algorithm::es256};
  const auto first = demo.client->get("/.well-known/jwks.json");
  EXPECT_EQ(first.header("Cache-Control"), "public, max-age=300");
  EXPECT_EQ(first.header("Content-Type"), "application/json");
  const auto etag = first.header("ETag");
  for (const auto& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
    web::Headers headers;
    headers.add("If-None-Match", known);
    const auto again = demo.client->get("/.well-known/jwks.json", headers);
    EXPECT_EQ(again.status, 304U) << known;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("ETag"), etag);
    EXPECT_EQ(again.header("Cache-Control"), "public, max-age=300");
  }
  for (const auto& other : {std::string("\"other\""), etag + "x", std::string(","), std::string()}) {
    web::Headers headers;
    headers.add("If-None-Match", other);
    EXPECT_EQ(demo.client->get("/.well-known/jwks.json", headers).status, 200U) << other;
  }
}

TEST(AdminKeys, AreForAdministratorsOnly) {
  Demo demo{Algorithm::es256};
  for (const auto* path : {"/admin/keys/rotate", "/admin/keys/x/retire"}) {
    EXPECT_EQ(demo.client->post_json(path, "{}").status, 401U);
  }
  demo.client->use_token(demo.token("bob", "bobpw"));
  EXPECT_EQ(demo.client->get("/admin/keys").status, 403U);
  for (const auto* path : {"/admin/keys/rotate", "/admin/keys/x/retire"}) {
    EXPECT_EQ(demo.client->post_json(path, "{}").status, 403U);
  }
}

TEST(AdminKeys, ListRotateAndRetire) {
  Demo demo{Algorithm::es256};
  demo.client->use_token(demo.token("alice", "alicepw"));
  const auto list = demo.client->get("/admin/keys").json();
  ASSERT_EQ(list.at("items").as_array().size(), 1U);
  const auto& first = list.at("items").as_array()[0].as_object();
  EXPECT_EQ(first.at("state").as_string(), "active");
  EXPECT_EQ(first.at("algorithm").as_string(), "ES256");
  EXPECT_TRUE(list.at("next").is_null());

  const auto rotated = demo.client->post_json("/admin/keys/rotate", "{}");
  EXPECT_EQ(rotated.status, 201U);
  EXPECT_EQ(rotated.json().at("state").as_string(), "upcoming");
  const auto refused = demo.client->post_json("/admin/keys/rotate", "{}");
  EXPECT_EQ(refused.status, 409U);
  EXPECT_EQ(refused.json().at("error").at("code").as_string(), "conflict");
  EXPECT_EQ(demo.client->post_json("/admin/keys/rotate", R"({"at_once":true})").json().at("state").as_string(),
            "active");
  EXPECT_EQ(demo.client->get("/me").status, 200U) << "the old key still verifies";

  const auto kid = std::string(first.at("kid").as_string());
  const auto retired = demo.client->post_json("/admin/keys/" + kid + "/retire", "");
  EXPECT_EQ(retired.status, 200U);
  EXPECT_EQ(retired.json().at("state").as_string(), "retired");
  EXPECT_EQ(demo.client->get("/me").status, 401U) << "and does so no more";
  demo.client->use_token(demo.token("alice", "alicepw"));
  EXPECT_EQ(demo.client->get("/me").status, 200U);
  EXPECT_EQ(demo.client->post_json("/admin/keys/unknown/retire", "").status, 404U);

  std::vector<AuditAction> actions;
  for (const auto& event : demo.audit->events()) actions.push_back(event.action);
  EXPECT_EQ(std::ranges::count(actions, AuditAction::key_rotated), 2);
  EXPECT_EQ(std::ranges::count(actions, AuditAction::key_retired), 1);
}

TEST(AdminKeys, CannotBeChangedWhereTheSecretIsConfigured) {
  Demo demo{Algorithm::hs256, "b7f3a1c09d5e4826b7f3a1c09d5e4826"};
  demo.client->use_token(demo.token("alice", "alicepw"));
  EXPECT_EQ(demo.client->get("/admin/keys").json().at("items").as_array().size(), 0U);
  EXPECT_EQ(demo.client->post_json("/admin/keys/rotate", "{}").status, 409U);
}

}  // namespace
}  // namespace cardea::service
