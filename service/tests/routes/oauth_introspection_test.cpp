#include "routes/oauth_fixture.hpp"

namespace cardea::service {
namespace {

using OAuthIntrospection = OAuthTest;

TEST_F(OAuthIntrospection, SaysOfAClientsTokenWhatItIs) {
  const auto answer = introspect(token());
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto body = answer.json().as_object();
  EXPECT_TRUE(body.at("active").as_bool());
  EXPECT_EQ(body.at("scope").as_string(), "keys:read");
  EXPECT_EQ(body.at("client_id").as_string(), id);
  EXPECT_EQ(body.at("sub").as_string(), id);
  EXPECT_EQ(body.at("token_type").as_string(), "bearer");
  EXPECT_EQ(body.at("exp").as_int64() - body.at("iat").as_int64(), 1800);
  EXPECT_FALSE(body.contains("username"));
}

TEST_F(OAuthIntrospection, SaysOfAUsersTokenWhatTheUserMayNow) {
  const auto body = introspect(alices_token).json().as_object();
  EXPECT_TRUE(body.at("active").as_bool());
  EXPECT_EQ(body.at("username").as_string(), "alice");
  EXPECT_EQ(body.at("sub").as_string(), "alice");
  EXPECT_EQ(body.at("scope").as_string(), "*");
  const auto bobs = server.log_in("bob", "bobpw");
  EXPECT_FALSE(introspect(bobs).json().as_object().contains("scope"));
}

TEST_F(OAuthIntrospection, SaysOfATokenThatDoesNotHoldOnlyThat) {
  constexpr std::string_view kInactive = R"({"active":false})";
  const auto bobs = server.log_in("bob", "bobpw");
  for (const auto& text : {std::string("x"), secret, alices_token + "x", std::string(9000, 'a')}) {
    EXPECT_EQ(introspect(text).body, kInactive) << text;
  }
  EXPECT_TRUE(introspect(bobs).json().at("active").as_bool());
  const auto bob = server.users().find(Username::parse("bob").value()).value().value();
  server.users().set_state(bob.id, AccountState::disabled, SystemClock{}.now()).value();
  EXPECT_EQ(introspect(bobs).body, kInactive);
  const auto held = token();
  server.client->set_now(SystemClock{}.now() + std::chrono::minutes{31});
  EXPECT_EQ(introspect(held).body, kInactive);
}

TEST_F(OAuthIntrospection, SaysThatTheTokenOfADisabledClientDoesNotHold) {
  server.client->use_token(alices_token);
  const auto other = add(R"({"name":"other","scope":"orders:read"})");
  server.client->use_token("");
  const std::string other_id(other.at("client_id").as_string());
  const auto form = "grant_type=client_credentials&client_id=" + other_id +
                    "&client_secret=" + std::string(other.at("client_secret").as_string());
  const std::string held(ask_token(form, {}).json().at("access_token").as_string());
  EXPECT_TRUE(introspect(held).json().at("active").as_bool());
  set_enabled(other_id, false);
  EXPECT_EQ(introspect(held).body, R"({"active":false})");
}

TEST_F(OAuthIntrospection, IsForClientsWithASecretOnly) {
  const auto ask = [this](const std::string& form, const web::Headers& headers) {
    return server.client->post_form("/oauth2/introspect", form, headers);
  };
  expect_error(ask("token=" + alices_token, {}), 401, "invalid_client");
  expect_error(ask("token=" + alices_token, authorization("Bearer " + alices_token)), 401, "invalid_client");
  expect_error(ask("token=" + alices_token + "&client_id=" + public_id, {}), 401, "invalid_client");
  expect_error(ask("token=" + alices_token + "&client_id=" + id + "&client_secret=wrong", {}), 401, "invalid_client");
  expect_error(ask("", basic()), 400, "invalid_request");
}

}  // namespace
}  // namespace cardea::service
