#include "routes/oauth_fixture.hpp"

namespace cardea::service {
namespace {

using OAuthToken = OAuthTest;

TEST_F(OAuthToken, IsGivenToAClientByBasicAndByBody) {
  for (const bool by_body : {true, false}) {
    const auto answer = by_body ? ask_token("grant_type=client_credentials&" + in_body(), {})
                                : ask_token("grant_type=client_credentials", basic());
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto body = answer.json().as_object();
    EXPECT_EQ(body.at("token_type").as_string(), "bearer");
    EXPECT_EQ(body.at("expires_in").as_int64(), 1800);
    EXPECT_EQ(body.at("scope").as_string(), "keys:read orders:*");
    EXPECT_EQ(body.size(), 4U) << "no refresh token (RFC 6749 section 4.4.3)";
    server.client->use_token(std::string(body.at("access_token").as_string()));
    EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
    EXPECT_EQ(server.client->get("/admin/clients").status, 403U);
    EXPECT_EQ(server.client->get("/me").json().at("error").at("code").as_string(), "user_not_found");
    server.client->use_token("");
  }
  const auto events = server.audit->events();
  EXPECT_EQ(std::ranges::count(events, AuditAction::client_token_issued, &AuditEvent::action), 2);
  EXPECT_EQ(std::ranges::count(events, AuditAction::client_authenticated, &AuditEvent::action), 2);
}

TEST_F(OAuthToken, AllowsWhatWasAskedForAndNoMoreThanTheClientHas) {
  const auto answer = ask_token("grant_type=client_credentials&scope=orders:write+orders:read", basic());
  EXPECT_EQ(answer.json().at("scope").as_string(), "orders:read orders:write");
  server.client->use_token(token("orders:read"));
  EXPECT_EQ(server.client->get("/admin/keys").status, 403U);
  server.client->use_token("");
  for (const auto* scope :
       {"users:read", "orders:read+users:read", "*", "keys:*", "Orders", "orders:read++keys:read"}) {
    expect_error(ask_token("grant_type=client_credentials&scope=" + std::string(scope), basic()), 400, "invalid_scope");
  }
  EXPECT_EQ(ask_token("grant_type=client_credentials&scope=", basic()).json().at("scope").as_string(),
            "keys:read orders:*")
      << "a parameter without a value was not sent";
}

TEST_F(OAuthToken, IsRefusedInOneWayWhateverIsWrongWithTheClient) {
  const auto unknown = std::string("Client_AAAAAAAAAAAAAAAAAAAAAA");
  const auto ask = [this](const std::string& client_id, const std::string& client_secret) {
    return ask_token("grant_type=client_credentials",
                     authorization("Basic " + base64(client_id + ':' + client_secret)));
  };
  const auto expected = ask(id, "wrong");
  expect_error(expected, 401, "invalid_client");
  EXPECT_EQ(ask(unknown, secret).body, expected.body);
  EXPECT_EQ(ask("alice", "alicepw").body, expected.body);
  EXPECT_EQ(ask(id, "").body, expected.body);
  EXPECT_EQ(ask("", secret).body, expected.body);
  EXPECT_EQ(ask(public_id, "").body, expected.body);
  expect_error(ask_token("grant_type=client_credentials&client_id=" + id, {}), 401, "invalid_client");
  expect_error(ask_token("grant_type=client_credentials&client_secret=" + secret, {}), 401, "invalid_client");
  expect_error(ask_token("grant_type=client_credentials", {}), 401, "invalid_client");
  set_enabled(id, false);
  EXPECT_EQ(ask(id, secret).body, expected.body);
  set_enabled(id, true);
  EXPECT_EQ(ask(id, secret).status, 200U);
}

TEST_F(OAuthToken, IsNotForAClientThatCannotKeepASecret) {
  expect_error(ask_token("grant_type=client_credentials&client_id=" + public_id, {}), 400, "unauthorized_client");
}

TEST_F(OAuthToken, ReadsABasicOfFormUrlencodedTexts) {
  const auto encoded = "%43" + id.substr(1) + ':' + "%63" + secret.substr(1);
  EXPECT_EQ(ask_token("grant_type=client_credentials", authorization("basic  " + base64(encoded))).status, 200U);
  for (const auto& value :
       {"Basic " + base64("no colon"), "Basic " + base64("%zz:x"), std::string("Basic !"), std::string("Basic "),
        "Basic " + base64(id + ':' + secret) + "=", "Basic " + base64(id + ':' + secret) + ' ' + base64("a:b")}) {
    expect_error(ask_token("grant_type=client_credentials", authorization(value)), 400, "invalid_request");
  }
}

TEST_F(OAuthToken, IsRefusedToAClientThatAuthenticatesInTwoWays) {
  expect_error(ask_token("grant_type=client_credentials&" + in_body(), basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=client_credentials&client_id=" + public_id, basic()), 400, "invalid_request");
  EXPECT_EQ(ask_token("grant_type=client_credentials&client_id=" + id, basic()).status, 200U) << "is no contradiction";
  auto twice = basic();
  twice.add("Authorization", *basic().find("Authorization"));
  expect_error(ask_token("grant_type=client_credentials", twice), 400, "invalid_request");
}

TEST_F(OAuthToken, IsRefusedForEveryOtherGrant) {
  for (const auto* grant :
       {"password", "authorization_code", "implicit", "Client_Credentials", "client_credentials+"}) {
    expect_error(ask_token("username=alice&password=alicepw&grant_type=" + std::string(grant), basic()), 400,
                 "unsupported_grant_type");
  }
}

TEST_F(OAuthToken, IsAskedForByAFormInWhichNothingStandsTwice) {
  expect_error(ask_token("", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=client_credentials&scope=a&scope=a", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=client_credentials&x=1&x=2", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=%", basic()), 400, "invalid_request");
  expect_error(ask_token(std::string(17 * 1024, 'x'), basic()), 413, "invalid_request");
  expect_error(server.client->post_json("/oauth2/token", R"({"grant_type":"client_credentials"})", basic()), 415,
               "invalid_request");
  auto multipart = basic();
  multipart.add("Content-Type", "multipart/form-data; boundary=x");
  web::Request request;
  request.method = web::Method::post;
  request.target = "/oauth2/token";
  request.headers = multipart;
  request.body = "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient_credentials\r\n--x--\r\n";
  expect_error(server.client->send(std::move(request)), 415, "invalid_request");
}

TEST_F(OAuthToken, IsPostedFor) {
  for (const auto* path : {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"}) {
    const auto answer = server.client->get(path + std::string("?grant_type=client_credentials&") + in_body());
    expect_error(answer, 405, "invalid_request");
    EXPECT_EQ(answer.header("Allow"), "POST");
  }
}

TEST_F(OAuthToken, IsRefusedWithThoseThatAClientHasOnceTheClientIsDisabled) {
  const auto held = token();
  set_enabled(id, false);
  server.client->use_token(held);
  EXPECT_EQ(server.client->get("/admin/keys").json().at("error").at("code").as_string(), "client_disabled");
  set_enabled(id, true);
  server.client->use_token(held);
  EXPECT_EQ(server.client->get("/admin/keys").status, 200U);
}

TEST_F(OAuthToken, OfRfc9068HasTheClientAsSubject) {
  DemoServer other{Algorithm::es256, "https://id.example"};
  other.client->use_token(other.log_in("alice", "alicepw"));
  const auto added = other.client->post_json("/admin/clients", R"({"name":"billing","scope":"keys:read"})").json();
  other.client->use_token("");
  const auto credentials = "client_id=" + std::string(added.at("client_id").as_string()) +
                           "&client_secret=" + std::string(added.at("client_secret").as_string());
  const auto given = other.client->post_form("/oauth2/token", "grant_type=client_credentials&" + credentials).json();
  const std::string compact(given.at("access_token").as_string());
  const auto body = other.client->post_form("/oauth2/introspect", "token=" + compact + '&' + credentials).json();
  EXPECT_EQ(body.at("sub"), added.at("client_id"));
  EXPECT_EQ(body.at("iss").as_string(), "https://id.example");
  EXPECT_EQ(body.at("aud").as_string(), "https://id.example");
  EXPECT_TRUE(body.at("jti").is_string());
  other.client->use_token(compact);
  EXPECT_EQ(other.client->get("/admin/keys").status, 200U);
}

// A server that allows the password grant, and a client of it.
class OAuthPasswordGrant : public OAuthTest {
 protected:
  OAuthPasswordGrant() : OAuthTest([](Config& config) { config.oauth_password_grant = true; }) {}
  web::TestResponse ask_for(const std::string& name, const std::string& password, const web::Headers& headers) {
    return ask_token("grant_type=password&username=" + name + "&password=" + password, headers);
  }
};

TEST_F(OAuthPasswordGrant, StartsASessionOfTheUserForAClientThatSaysWhoItIs) {
  for (const bool is_public : {false, true}) {
    const auto answer = is_public
                            ? ask_token("grant_type=password&username=bob&password=bobpw&client_id=" + public_id, {})
                            : ask_for("bob", "bobpw", basic());
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto body = answer.json().as_object();
    EXPECT_FALSE(body.contains("scope"));
    server.client->use_token(std::string(body.at("access_token").as_string()));
    EXPECT_EQ(server.client->get("/me").json().at("username").as_string(), "bob");
    server.client->use_token("");
    const auto refresh = "grant_type=refresh_token&refresh_token=" + std::string(body.at("refresh_token").as_string());
    EXPECT_EQ(ask_token(refresh, basic()).status, 200U);
  }
  EXPECT_EQ(std::ranges::count(server.audit->events(), AuditAction::login_succeeded, &AuditEvent::action), 3)
      << "alice's, and twice bob's";
}

TEST_F(OAuthPasswordGrant, SaysTheSameWhateverIsWrongWithTheUser) {
  const auto expected = ask_for("bob", "wrong", basic());
  expect_error(expected, 400, "invalid_grant");
  EXPECT_EQ(ask_for("nobody", "bobpw", basic()).body, expected.body);
  const auto bob = server.users().find(Username::parse("bob").value()).value().value();
  server.users().set_state(bob.id, AccountState::disabled, SystemClock{}.now()).value();
  EXPECT_EQ(ask_for("bob", "bobpw", basic()).body, expected.body);
}

TEST_F(OAuthPasswordGrant, IsForClientsAndNeedsItsParameters) {
  expect_error(ask_for("bob", "bobpw", {}), 401, "invalid_client");
  expect_error(ask_token("grant_type=password&username=bob&password=bobpw&client_id=" + id, {}), 401, "invalid_client");
  expect_error(ask_token("grant_type=password&username=bob", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=password&password=bobpw", basic()), 400, "invalid_request");
  expect_error(ask_token("grant_type=password&username=bob&password=bobpw&scope=keys:read", basic()), 400,
               "invalid_scope");
}

TEST_F(OAuthPasswordGrant, IsNotAdvertised) {
  const auto body = server.client->get("/.well-known/oauth-authorization-server").body;
  EXPECT_FALSE(body.contains("password")) << body;
}

// Of the demo's bob, who has just logged in.
class OAuthRefresh : public OAuthTest {
 protected:
  OAuthRefresh() {
    const auto login = server.client->post_form("/auth/login", "username=bob&password=bobpw").json();
    access = login.at("access_token").as_string();
    refresh_token = login.at("refresh_token").as_string();
  }
  web::TestResponse exchange(const web::Headers& headers = {}, const std::string& more = "") {
    return ask_token("grant_type=refresh_token&refresh_token=" + refresh_token + more, headers);
  }
  web::TestResponse revoke(const std::string& token) {
    return server.client->post_form("/oauth2/revoke", "token=" + token, basic());
  }
  unsigned status_with(const std::string& token) {
    server.client->use_token(token);
    const auto status = server.client->get("/me").status;
    server.client->use_token("");
    return status;
  }

  std::string access;
  std::string refresh_token;
};

TEST_F(OAuthRefresh, GivesANewPairToWhoHoldsTheTokenWithAClientOrWithout) {
  for (const auto& headers : {web::Headers{}, basic()}) {
    const auto answer = exchange(headers);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto body = answer.json();
    EXPECT_NE(body.at("refresh_token").as_string(), refresh_token);
    EXPECT_EQ(status_with(std::string(body.at("access_token").as_string())), 200U);
    refresh_token = body.at("refresh_token").as_string();
  }
}

TEST_F(OAuthRefresh, IsRefusedAsRfc6749Says) {
  expect_error(ask_token("grant_type=refresh_token", {}), 400, "invalid_request");
  expect_error(ask_token("grant_type=refresh_token&refresh_token=nonsense", {}), 400, "invalid_grant");
  expect_error(exchange({}, "&scope=keys:read"), 400, "invalid_scope");
  expect_error(exchange({}, "&client_id=" + id + "&client_secret=wrong"), 401, "invalid_client");
  ASSERT_TRUE(server.users().set_state(UserId{2}, AccountState::disabled, Instant{}));
  expect_error(exchange(), 400, "invalid_grant");
}

TEST_F(OAuthRefresh, AnIntrospectionSaysWhoseTokenItIsAndNothingOnceItDoesNotCount) {
  const auto held = introspect(refresh_token).json();
  EXPECT_EQ(held.at("active"), true);
  EXPECT_EQ(held.at("username"), "bob");
  EXPECT_EQ(held.at("token_type"), "refresh_token");
  ASSERT_EQ(revoke(refresh_token).status, 200U);
  EXPECT_EQ(introspect(refresh_token).body, R"({"active":false})");
  EXPECT_EQ(introspect(access).body, R"({"active":false})");
}

TEST_F(OAuthRefresh, EitherTokenGivenBackEndsTheSessionAtOnce) {
  EXPECT_EQ(status_with(access), 200U);
  EXPECT_EQ(revoke(access).status, 200U);
  EXPECT_EQ(status_with(access), 401U);
  expect_error(exchange(), 400, "invalid_grant");
  EXPECT_EQ(revoke(access).status, 200U);
  EXPECT_EQ(revoke(refresh_token).status, 200U);
}

}  // namespace
}  // namespace cardea::service
