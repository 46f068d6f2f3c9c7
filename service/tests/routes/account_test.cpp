#include <cardea/service/routes/register.hpp>

#include <gtest/gtest.h>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

class AccountRoutes : public testing::Test {
 protected:
  web::TestClient& client() { return *server.client; }
  std::string body_of(std::string_view current, std::string_view wanted) {
    return R"({"current_password":")" + std::string(current) + R"(","new_password":")" + std::string(wanted) + R"("})";
  }

  DemoServer server{[](Config& config) { config.registration = true; }};
};

TEST_F(AccountRoutes, ChangeAPasswordForItsOwnerAlone) {
  EXPECT_EQ(client().post_json("/auth/password", body_of("alicepw", "a-long-enough-passphrase")).status, 401U);
  client().use_token(server.log_in("bob", "bobpw"));
  EXPECT_EQ(client().post_json("/auth/password", body_of("alicepw", "a-long-enough-passphrase")).status, 422U);
  EXPECT_EQ(client().post_json("/auth/password", body_of("bobpw", "a-long-enough-passphrase")).status, 204U);
  EXPECT_EQ(client().get("/me").status, 200U) << "the session that did it";
  EXPECT_FALSE(server.log_in("bob", "a-long-enough-passphrase").empty());
}

TEST_F(AccountRoutes, ThrottleGuessesOfTheCurrentPassword) {
  client().use_token(server.log_in("bob", "bobpw"));
  auto status = 422U;
  for (int i = 0; i < 20 && status == 422U; ++i) {
    status = client().post_json("/auth/password", body_of("guess", "a-long-enough-passphrase")).status;
  }
  EXPECT_EQ(status, 429U);
}

TEST_F(AccountRoutes, RegisterNobodyUnlessTheConfigurationSaysSo) {
  const std::string wanted = R"({"username":"carol","password":"a-long-enough-passphrase"})";
  DemoServer closed;
  const auto refusal = closed.client->post_json("/auth/register", wanted);
  EXPECT_EQ(refusal.status, 403U);
  EXPECT_EQ(refusal.json().at("error").at("code"), "registration_closed");
  const auto answer = client().post_json("/auth/register", wanted);
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(answer.json().at("role"), "user");
}

}  // namespace
}  // namespace cardea::service
