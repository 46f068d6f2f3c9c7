#include "routes/oauth_fixture.hpp"

namespace cardea::service {
namespace {

using OAuthMetadata = OAuthTest;

TEST_F(OAuthMetadata, NamesTheEndpointsBelowTheIssuer) {
  for (const auto* issuer : {"https://id.example", "https://id.example/"}) {
    DemoServer other{Algorithm::es256, issuer};
    const auto answer = other.client->get("/.well-known/oauth-authorization-server");
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    const auto body = answer.json();
    EXPECT_EQ(body.at("issuer").as_string(), issuer);
    EXPECT_EQ(body.at("token_endpoint").as_string(), "https://id.example/oauth2/token");
    EXPECT_EQ(body.at("introspection_endpoint").as_string(), "https://id.example/oauth2/introspect");
    EXPECT_EQ(body.at("revocation_endpoint").as_string(), "https://id.example/oauth2/revoke");
    EXPECT_EQ(body.at("jwks_uri").as_string(), "https://id.example/.well-known/jwks.json");
  }
}

TEST_F(OAuthMetadata, NamesOnlyGrantsThatTheTokenEndpointKnows) {
  const auto body = server.client->get("/.well-known/oauth-authorization-server").json();
  EXPECT_EQ(body.at("response_types_supported").as_array().size(), 0U);
  std::vector<std::string> grants;
  for (const auto& grant : body.at("grant_types_supported").as_array()) grants.emplace_back(grant.as_string());
  EXPECT_TRUE(std::ranges::count(grants, "client_credentials") == 1);
  EXPECT_FALSE(std::ranges::count(grants, "password") != 0);
  for (const auto& grant : grants) {
    EXPECT_FALSE(ask_token("grant_type=" + grant, basic()).body.contains("unsupported_grant_type")) << grant;
  }
}

}  // namespace
}  // namespace cardea::service
