#include "routes/oauth_fixture.hpp"

namespace cardea::service {
namespace {

using OAuthRevocation = OAuthTest;

TEST_F(OAuthRevocation, IsDoneForAnythingThatAClientGivesBack) {
  for (const auto& text : {std::string("unknown"), token(), alices_token}) {
    const auto answer = server.client->post_form("/oauth2/revoke", "token=" + text, basic());
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  }
  EXPECT_EQ(server.client->post_form("/oauth2/revoke", "token=x&client_id=" + public_id).status, 200U);
}

TEST_F(OAuthRevocation, IsRefusedToEveryoneElse) {
  expect_error(server.client->post_form("/oauth2/revoke", "token=x"), 401, "invalid_client");
  expect_error(server.client->post_form("/oauth2/revoke", "token=x&client_id=" + id), 401, "invalid_client");
  expect_error(server.client->post_form("/oauth2/revoke", "", basic()), 400, "invalid_request");
}

}  // namespace
}  // namespace cardea::service
