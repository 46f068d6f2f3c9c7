#include <cardea/web/security/allowing_api_keys.hpp>

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/core/api_key/cached_api_key_store.hpp>
#include <cardea/core/api_key/memory_api_key_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/document.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

void add_routes(App& app) {
  // [routes]
  app.post<"/posts">([](const AllowingApiKeys<RequirePermission<"posts:write">>& author) { return author->subject; });
  app.get<"/drafts">([](const RequirePermission<"posts:write">& author) { return author->subject; });
  // [/routes]
  app.get<"/whoami">([](const AllowingApiKeys<CurrentPrincipal>& caller) {
    return std::vector<std::string>{caller->subject, caller->permissions.to_scope()};
  });
  app.get<"/user">([](const CurrentUser& user) { return user.username; });
  app.get<"/feed">([](const OptionalUser& user) { return user ? user->username : std::string("everyone"); });
}

// erin is an editor.
class AllowingApiKeysTest : public testing::Test {
 protected:
  AllowingApiKeysTest() {
    auto granted = RolePermissions::administrators_may_everything();
    granted.grant(Role::parse("editor").value(), Permission::parse("posts:*").value());
    app.provide<AuditSink>(audit);
    app.provide(std::make_shared<TokenAuthenticator>(verifier, users, *audit, granted));
    app.provide(std::make_shared<ApiKeyAuthenticator>(keys, users, *audit, granted));
    add_routes(app);
  }
  std::string key_with(std::string_view scope) {
    const NewApiKey wanted{ApiKeyName::parse("x").value(), PermissionSet::from_scope(scope), std::chrono::days{1}};
    const auto created =
        ApiKeyAdministration{keys, elsewhere}.create(owner, PermissionSet::from_scope("*"), wanted, {}, kNoon).value();
    return std::string(created.text.expose());
  }
  std::string token(std::string_view claims = R"({"sub":"erin","exp":9999999999})") {
    return TokenSigner{SigningKey{key}}.sign(parse_claims(claims).value()).value();
  }
  TestResponse send(Method method, std::string target, const std::string& text, Instant now = kNoon) {
    TestClient client{app};
    client.set_now(now);
    client.use_token(text);
    Request request;
    request.method = method;
    request.target = std::move(target);
    return client.send(std::move(request));
  }
  TestResponse get(std::string target, const std::string& text) { return send(Method::get, std::move(target), text); }
  TestResponse post(const std::string& text, Instant now = kNoon) { return send(Method::post, "/posts", text, now); }
  static std::string code_of(const TestResponse& response) {
    return std::string(response.json().at("error").at("code").as_string());
  }

  const HmacKey key =
      HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  MemoryUserStore stored_users;
  CachedUserStore users{stored_users};
  MemoryApiKeyStore stored_keys;
  CachedApiKeyStore keys{stored_keys};
  MemoryAuditSink elsewhere;
  std::shared_ptr<MemoryAuditSink> audit = std::make_shared<MemoryAuditSink>();
  App app;
  const User erin =
      users.add({Username::parse("erin").value(), Role::parse("editor").value(), PasswordHash{"x"}}, kNoon).value();
  const ApiKeyOwner owner{erin.id, erin.username};
};

TEST_F(AllowingApiKeysTest, LetsAKeyInForItsOwnerWithinItsScopes) {
  const auto text = key_with("posts:write users:read");
  for (const auto* attempt : {"through the stores", "known already"}) {
    EXPECT_EQ(post(text).body, R"("erin")") << attempt;
    EXPECT_EQ(get("/whoami", text).body, R"(["erin","posts:write"])") << attempt;
  }
  EXPECT_TRUE(audit->events().empty());
}

TEST_F(AllowingApiKeysTest, LetsATokenInAsEver) {
  EXPECT_EQ(post(token()).body, R"("erin")");
  EXPECT_EQ(get("/whoami", token()).body, R"(["erin","posts:*"])");
  EXPECT_EQ(get("/whoami", token(R"({"sub":"erin","exp":9999999999,"scope":"posts:write"})")).body,
            R"(["erin","posts:write"])");
}

TEST_F(AllowingApiKeysTest, TellsAKeyWhichPermissionIsMissing) {
  const auto denied = post(key_with("users:read"));
  EXPECT_EQ(denied.status, 403U);
  EXPECT_EQ(denied.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="posts:write")");
  ASSERT_EQ(audit->events().size(), 1U);
  EXPECT_EQ(audit->events()[0].action, AuditAction::access_denied);
  EXPECT_EQ(audit->events()[0].subject, "erin");
}

TEST_F(AllowingApiKeysTest, RefusesAKeyWhereTheRouteDoesNotAllowOne) {
  const auto text = key_with("posts:write");
  for (const auto* target : {"/drafts", "/user", "/feed"}) {
    const auto refused = get(target, text);
    EXPECT_EQ(refused.status, 401U) << target;
    EXPECT_EQ(code_of(refused), "token_invalid") << target;
    EXPECT_EQ(refused.header("WWW-Authenticate"), R"(Bearer error="invalid_token")") << target;
  }
}

TEST_F(AllowingApiKeysTest, RefusesWhoIsNobodyInTheSameWordsWhateverWasShown) {
  const auto expired = key_with("posts:write"), revoked = key_with("posts:write");
  EXPECT_EQ(code_of(post("")), "not_authenticated");
  for (const auto& text : {std::string("garbage"), std::string("cardea_pat_"), revoked + "A",
                           std::string(new_api_key_text().expose()), token(R"({"sub":"erin","exp":1})")}) {
    const auto refused = post(text);
    EXPECT_EQ(refused.status, 401U) << text;
    EXPECT_EQ(refused.json().at("error").at("message"), "Invalid or expired token") << text;
  }
  EXPECT_EQ(code_of(post(expired, kNoon + std::chrono::days{1})), "token_invalid");
  ASSERT_TRUE(keys.revoke_all(erin.id, kNoon));
  EXPECT_EQ(code_of(post(revoked)), "token_invalid");
  EXPECT_EQ(audit->events().back().reason, ErrorCode::api_key_revoked);
}

TEST_F(AllowingApiKeysTest, RefusesTheKeyOfADisabledOwner) {
  const auto text = key_with("posts:write");
  EXPECT_EQ(post(text).status, 200U);
  ASSERT_TRUE(users.set_state(erin.id, AccountState::disabled, kNoon));
  EXPECT_EQ(code_of(post(text)), "user_disabled");
}

TEST_F(AllowingApiKeysTest, LeavesOneEventForARefusal) {
  for (const auto& text : {std::string("garbage"), std::string("cardea_pat_garbage"),
                           std::string(new_api_key_text().expose()), token(R"({"sub":"nobody","exp":9999999999})")}) {
    const auto before = audit->events().size();
    EXPECT_EQ(post(text).status, 401U);
    EXPECT_EQ(audit->events().size(), before + 1) << text;
    EXPECT_EQ(audit->events().back().action, AuditAction::token_refused) << text;
  }
}

TEST_F(AllowingApiKeysTest, SaysInThePolicyAndTheDocumentWhichRoutesAllowKeys) {
  const auto document = openapi_document(app);
  const auto security_of = [&](std::string_view operation) {
    return boost::json::serialize(boost::json::value(document).at_pointer(std::string(operation) + "/security"));
  };
  EXPECT_EQ(security_of("/paths/~1posts/post"), R"([{"OAuth2PasswordBearer":[]},{"ApiKeyBearer":[]}])");
  EXPECT_EQ(security_of("/paths/~1drafts/get"), R"([{"OAuth2PasswordBearer":[]}])");
  EXPECT_TRUE(document.at("components").at("securitySchemes").as_object().contains("ApiKeyBearer"));
  for (const auto& policy : route_policies(app)) {
    if (policy.pattern != "/posts") continue;
    EXPECT_EQ(policy.requirements, (std::vector<std::string>{"principal or API key", "permission posts:write"}));
  }
}

TEST(AllowingApiKeysInADocument, AreNotSpokenOfWhereNoRouteAllowsThem) {
  App app;
  app.get<"/user">([](const CurrentUser& user) { return user.username; });
  const auto document = openapi_document(app);
  EXPECT_FALSE(document.at("components").at("securitySchemes").as_object().contains("ApiKeyBearer"));
}

}  // namespace
}  // namespace cardea::web
