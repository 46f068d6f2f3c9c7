#include <algorithm>
#include <cardea/core/access/memory_role_store.hpp>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "access/role_store_contract.hpp"

namespace cardea {
namespace {

constexpr auto kCatalogue = catalogue({{"posts:write", "Publish"}, {"posts:delete", "Delete"}},
                                      {{"author", "posts:write"}, {"editor", "posts:*", "author"}});

class RoleAdministrationTest : public testing::Test {
 protected:
  Result<KnownRole> add(const RoleDefinition& role) { return roles.add(role, origin, noon); }
  Result<KnownRole> change(const RoleDefinition& role, std::optional<RoleVersion> expected = {}) {
    return roles.change(role, expected, origin, noon);
  }
  Done remove(std::string_view name, std::optional<RoleVersion> expected = {}) {
    return roles.remove(Role::parse(name).value(), expected, origin, noon);
  }
  std::string allowed(std::string_view role) const {
    return live.permissions_of(Role::parse(role).value(), {}).to_scope();
  }
  std::ptrdiff_t events(AuditAction action, std::optional<ErrorCode> reason = {}) const {
    const auto all = audit.events();
    return std::ranges::count_if(
        all, [&](const AuditEvent& event) { return event.action == action && event.reason == reason; });
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  const Origin origin{.address = "192.0.2.1", .request_id = "r"};
  MemoryUserStore users;
  MemoryRoleStore store{users};
  MemoryAuditSink audit;
  const LiveRoles live;
  RoleAdministration roles{store, live, audit};
};

TEST_F(RoleAdministrationTest, LetsAChangeCountAtOnceInEveryCopyOfTheRoles) {
  ASSERT_TRUE(add(role_of("reader", "posts:read")));
  ASSERT_TRUE(add(role_of("clerk", "users:read", "reader")));
  EXPECT_EQ(allowed("clerk"), "posts:read users:read");
  EXPECT_EQ(change(role_of("reader", "posts:*")).value().stored.version, 2);
  EXPECT_EQ(allowed("clerk"), "posts:* users:read");
  EXPECT_TRUE(remove("clerk", 1));
  EXPECT_EQ(allowed("clerk"), "");
  EXPECT_EQ(allowed("admin"), "*");
  EXPECT_EQ(events(AuditAction::role_created), 2);
  EXPECT_EQ(events(AuditAction::role_updated), 1);
  EXPECT_EQ(events(AuditAction::role_deleted), 1);
}

TEST_F(RoleAdministrationTest, ListsTheDeclaredOnesFirstEachWithWhatItGives) {
  roles.declare(kCatalogue.view());
  ASSERT_TRUE(add(role_of("chief", "", "editor")));
  const auto all = roles.list().value();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].stored.definition.role.name(), "editor");
  EXPECT_TRUE(all[1].is_declared);
  EXPECT_FALSE(all[2].is_declared);
  EXPECT_EQ(all[2].effective.to_scope(), "posts:* posts:write");
  EXPECT_EQ(roles.effective(role_of("x", "a:b", "author")).to_scope(), "a:b posts:write");
  EXPECT_EQ(roles.find(Role::parse("nobody").value()).error().code(), ErrorCode::role_not_found);
}

TEST_F(RoleAdministrationTest, RefusesWhatIsNotInTheCatalogue) {
  roles.declare(kCatalogue.view());
  const auto refused = add(role_of("typist", "posts:wirte"));
  EXPECT_EQ(refused.error().code(), ErrorCode::permission_unknown);
  EXPECT_EQ(refused.error().public_text(), "No such permission: posts:wirte");
  EXPECT_EQ(add(role_of("typist", "", "autor")).error().public_text(), "No such role: autor");
  EXPECT_TRUE(add(role_of("typist", "posts:* *", "author")));
  EXPECT_EQ(events(AuditAction::role_created, ErrorCode::permission_unknown), 1);
}

TEST_F(RoleAdministrationTest, LeavesDeclaredRolesToTheProgram) {
  EXPECT_EQ(change(role_of("admin")).error().code(), ErrorCode::role_declared);
  EXPECT_EQ(add(role_of("admin")).error().code(), ErrorCode::role_declared);
  EXPECT_EQ(remove("admin").error().code(), ErrorCode::role_declared);
  EXPECT_EQ(allowed("admin"), "*");
}

TEST_F(RoleAdministrationTest, RefusesARoleThatWouldIncludeItself) {
  ASSERT_TRUE(add(role_of("a")));
  ASSERT_TRUE(add(role_of("b", "", "a")));
  const auto refused = change(role_of("a", "", "b"));
  EXPECT_EQ(refused.error().public_text(), "A role would include itself: a > b > a");
  EXPECT_TRUE(roles.find(Role::parse("a").value())->stored.definition.includes.empty());
}

TEST_F(RoleAdministrationTest, RefusesAChangeOfAVersionThatIsPast) {
  ASSERT_TRUE(add(role_of("a")));
  ASSERT_TRUE(change(role_of("a", "x:y"), 1));
  const auto refused = change(role_of("a"), 1);
  EXPECT_EQ(refused.error().code(), ErrorCode::precondition_failed);
  EXPECT_EQ(refused.error().details().version, 2);
  EXPECT_EQ(remove("a", 1).error().code(), ErrorCode::precondition_failed);
  EXPECT_EQ(allowed("a"), "x:y");
  EXPECT_EQ(add(role_of("a")).error().public_text(), "There is a role a already");
}

TEST_F(RoleAdministrationTest, KeepsARoleThatOthersInclude) {
  ASSERT_TRUE(add(role_of("a")));
  ASSERT_TRUE(add(role_of("b", "", "a")));
  EXPECT_EQ(remove("a").error().code(), ErrorCode::role_in_use);
  EXPECT_TRUE(remove("b"));
  EXPECT_TRUE(remove("a"));
  EXPECT_EQ(remove("a").error().code(), ErrorCode::role_not_found);
}

TEST_F(RoleAdministrationTest, GrantsNothingForWhatIsStoredAndNotDeclaredAndSaysSo) {
  store.add(role_of("editor", "*"), noon).value();
  store.add(role_of("typist", "posts:write posts:print", "gone"), noon).value();
  roles.declare(kCatalogue.view());
  ASSERT_TRUE(roles.reload());
  const auto sentences = roles.complaints();
  EXPECT_EQ(allowed("editor"), "posts:* posts:write");
  EXPECT_EQ(allowed("typist"), "posts:write");
  ASSERT_EQ(sentences.size(), 3U);
  EXPECT_EQ(sentences[0], "the stored role editor is declared by the application, too, and does not count: remove it");
  EXPECT_EQ(sentences[1],
            "the stored role typist has the permission posts:print, which the application does not declare; it grants "
            "nothing: change the role, or declare it");
  EXPECT_EQ(sentences[2],
            "the stored role typist includes the role gone, which there is not: change the role, or add that one");
}

TEST_F(RoleAdministrationTest, LeavesTheLastHolderOfTheGuardedPermissionWhatTheyAre) {
  RoleAdministration guarded{store, live, audit, "users:write"};
  const auto role = [](std::string_view name) { return Role::parse(name).value(); };
  ASSERT_TRUE(guarded.add(role_of("clerk", "users:*"), origin, noon));
  ASSERT_TRUE(guarded.add(role_of("chief", "", "clerk"), origin, noon));
  const auto code_of_change = [&](const RoleDefinition& changed) {
    const auto result = guarded.change(changed, {}, origin, noon);
    return result ? std::optional<ErrorCode>{} : result.error().code();
  };
  EXPECT_EQ(code_of_change(role_of("chief", "users:read", "clerk")), std::nullopt);
  EXPECT_EQ(code_of_change(role_of("clerk", "users:read")), std::nullopt) << "nobody is there to be locked out";
  EXPECT_EQ(code_of_change(role_of("clerk", "users:*")), std::nullopt);

  users.add({Username::parse("alice").value(), role("chief"), PasswordHash{"h"}}, noon).value();
  EXPECT_EQ(code_of_change(role_of("clerk", "users:read")), ErrorCode::last_administrator);
  EXPECT_EQ(code_of_change(role_of("chief", "")), ErrorCode::last_administrator);
  EXPECT_EQ(guarded.remove(role("chief"), {}, origin, noon).error().code(), ErrorCode::last_administrator);
  EXPECT_EQ(code_of_change(role_of("clerk", "users:write")), std::nullopt) << "takes nobody's permission";
  EXPECT_EQ(code_of_change(role_of("chief", "users:write")), std::nullopt);

  users.add({Username::parse("bob").value(), role("admin"), PasswordHash{"h"}}, noon).value();
  EXPECT_EQ(code_of_change(role_of("chief", "")), std::nullopt) << "another is left";
}

}  // namespace
}  // namespace cardea
