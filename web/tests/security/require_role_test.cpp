#include <gtest/gtest.h>

#include <cardea/core/access/role_graph.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/override.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

struct Discarded final : AuditSink {
  void record(const AuditEvent&) noexcept override {}
};

// The roles author, editor (who is an author, too) and chief (who is an editor, too). erin has one of them, or several.
class RequireRoleTest : public testing::Test {
 protected:
  RequireRoleTest() {
    erin = users.add({Username::parse("erin").value(), role("user"), PasswordHash{"x"}}, kNoon).value();
    app.provide(std::make_shared<LiveRoles>(roles));
    app.provide(std::make_shared<TokenAuthenticator>(verifier, users, audit, roles));
    app.get<"/desk">([](RequireRole<"author"> author) { return author->username; });
    app.get<"/users">([](RequireRole<"user"> user) { return user->username; });
  }
  static Role role(std::string_view name) { return Role::parse(name).value(); }
  static LiveRoles three_roles() {
    const std::vector<RoleDefinition> defined{
        {role("author"), PermissionSet::from_scope("posts:write"), {}},
        {role("editor"), PermissionSet::from_scope("posts:review"), RoleList::parse("author").value()},
        {role("chief"), {}, RoleList::parse("editor").value()}};
    return LiveRoles{flattened(defined)};
  }
  void set_roles(std::string_view first, std::string_view others = {}) {
    users.set_roles(erin->id, role(first), RoleList::parse(others).value(), kNoon).value();
  }
  unsigned status(std::string target, std::string_view more_claims = {}) {
    const auto claims = R"({"sub":"erin","exp":9999999999)" + std::string(more_claims) + "}";
    TestClient client{app};
    client.set_now(kNoon);
    client.use_token(TokenSigner{SigningKey{key}}.sign(parse_claims(claims).value()).value());
    return client.get(std::move(target)).status;
  }

  HmacKey key = HmacKey::from_secret(Secret::copy_of("0123456789abcdef0123456789abcdef"), Algorithm::hs256).value();
  TokenVerifier verifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
  MemoryUserStore users;
  Discarded audit;
  LiveRoles roles = three_roles();
  std::optional<User> erin;
  App app;
};

TEST_F(RequireRoleTest, LetsInWhoHasTheRoleAmongOthers) {
  set_roles("user");
  EXPECT_EQ(status("/desk"), 403U);
  set_roles("user", "author");
  EXPECT_EQ(status("/desk"), 200U);
  EXPECT_EQ(status("/users"), 200U);
}

TEST_F(RequireRoleTest, LetsInWhoHasARoleThatIncludesIt) {
  set_roles("chief");
  EXPECT_EQ(status("/desk"), 200U);
  set_roles("user", "auditor editor");
  EXPECT_EQ(status("/desk"), 200U);
  EXPECT_EQ(status("/users"), 200U);
}

TEST_F(RequireRoleTest, FollowsAChangeOfTheRolesAtOnce) {
  set_roles("chief");
  roles.replace(RolePermissions::administrators_may_everything());
  EXPECT_EQ(status("/desk"), 403U);
}

TEST_F(RequireRoleTest, DoesNotTakeATokenThatMayDoLessThanTheRole) {
  set_roles("editor");
  EXPECT_EQ(status("/desk", R"(,"scope":"posts:review")"), 403U);
  EXPECT_EQ(status("/desk", R"(,"scope":"posts:write")"), 200U);
  EXPECT_EQ(status("/desk", R"(,"scope":"posts:*")"), 200U);
  EXPECT_EQ(status("/desk", R"(,"scope":7)"), 403U);
  set_roles("author");
  EXPECT_EQ(status("/desk", R"(,"scope":"mail:send")"), 403U);
}

TEST_F(RequireRoleTest, KnowsNoMoreThanTheNamesWhereNobodyProvidesRoles) {
  App plain;
  plain.get<"/desk">([](RequireRole<"author"> author) { return author->username; });
  const auto status_of = [&plain](const CurrentUser& user) {
    return TestClient{plain, override_with<CurrentUser>(user)}.get("/desk").status;
  };
  EXPECT_EQ(status_of({7, "erin", "author"}), 200U);
  EXPECT_EQ(status_of({7, "erin", "user", RoleList::parse("author").value()}), 200U);
  EXPECT_EQ(status_of({7, "erin", "editor"}), 403U);
}

}  // namespace
}  // namespace cardea::web
