#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/role_graph.hpp>

#include "access/role_store_contract.hpp"

namespace cardea {
namespace {

Role role(std::string_view name) { return Role::parse(name).value(); }
RoleList list(std::string_view names) { return RoleList::parse(names).value(); }
PermissionSet scope(std::string_view text) { return PermissionSet::parse_scope(text).value(); }

class LiveRolesTest : public testing::Test {
 protected:
  const LiveRoles roles =
      flattened(std::vector{role_of("editor", "posts:*", "author"), role_of("author", "drafts:write"),
                            role_of("auditor", "audit:read"), role_of("member")});
};

TEST_F(LiveRolesTest, GiveWhatAllRolesOfSomebodyGive) {
  EXPECT_EQ(roles.permissions_of(role("member"), {}).to_scope(), "");
  EXPECT_EQ(roles.permissions_of(role("member"), list("auditor author")).to_scope(), "audit:read drafts:write");
  EXPECT_EQ(roles.permissions_of(role("unknown"), list("editor")).to_scope(), "drafts:write posts:*");
}

TEST_F(LiveRolesTest, GiveARoleThatIsHeldOrIncluded) {
  EXPECT_TRUE(roles.gives(role("editor"), {}, "author"));
  EXPECT_TRUE(roles.gives(role("member"), list("editor"), "author"));
  EXPECT_TRUE(roles.gives(role("member"), {}, "member"));
  EXPECT_FALSE(roles.gives(role("author"), list("member"), "editor"));
}

TEST_F(LiveRolesTest, GiveARoleWithinAScopeOnlyIfTheScopeAllowsAllOfIt) {
  EXPECT_TRUE(roles.gives(role("editor"), {}, "author", scope("drafts:*")));
  EXPECT_TRUE(roles.gives(role("editor"), {}, "editor", scope("*")));
  EXPECT_FALSE(roles.gives(role("editor"), {}, "editor", scope("posts:*")));
  EXPECT_FALSE(roles.gives(role("editor"), {}, "author", {}));
  EXPECT_FALSE(roles.gives(role("member"), {}, "member", scope("*"))) << "gives nothing that a scope could allow";
  EXPECT_FALSE(roles.gives(role("member"), {}, "editor", scope("*")));
}

TEST_F(LiveRolesTest, KnowWhichRolesAllowAPermission) {
  EXPECT_EQ(roles.roles_with("drafts:write"), (std::vector{role("author"), role("editor")}));
  EXPECT_EQ(roles.roles_with("posts:delete"), std::vector{role("editor")});
  EXPECT_TRUE(roles.roles_with("users:write").empty());
}

TEST_F(LiveRolesTest, KnowWhichRolesWouldAllowAPermissionWithOtherStoredOnes) {
  const std::vector<StoredRole> stored{{role_of("clerk", "users:*"), 1, {}}, {role_of("chief", "", "clerk"), 1, {}}};
  EXPECT_TRUE(roles.roles_with("users:write", stored).empty()) << "these are fixed";
  const auto copy = roles;
  roles.declare({});
  EXPECT_EQ(copy.roles_with("users:write", stored), (std::vector{role("admin"), role("chief"), role("clerk")}));
  EXPECT_EQ(copy.roles_with("users:write", {}), std::vector{role("admin")});
  EXPECT_TRUE(copy.roles_with("users:write").empty()) << "that is another question";
}

TEST_F(LiveRolesTest, ShowAReplacementInEveryCopy) {
  const auto copy = roles;
  roles.replace(flattened(std::vector{role_of("member", "posts:read")}));
  EXPECT_EQ(copy.permissions_of(role("member"), list("editor")).to_scope(), "posts:read");
}

}  // namespace
}  // namespace cardea
