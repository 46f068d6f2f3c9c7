#include <gtest/gtest.h>

#include <cardea/core/access/role_permissions.hpp>

namespace cardea {
namespace {

Role role(std::string_view name) { return Role::parse(name).value(); }

TEST(RolePermissions, HasNothingForARoleThatWasGrantedNothing) {
  EXPECT_TRUE(RolePermissions{}.of(role("admin")).empty());
}

TEST(RolePermissions, GrantsToOneRoleAndNoOther) {
  RolePermissions permissions;
  permissions.grant(role("editor"), Permission::parse("posts:write").value());
  permissions.grant(role("editor"), Permission::parse("posts:read").value());
  permissions.grant(role("auditor"), Permission::parse("audit:*").value());
  EXPECT_EQ(permissions.of(role("editor")).to_scope(), "posts:read posts:write");
  EXPECT_EQ(permissions.of(role("auditor")).to_scope(), "audit:*");
  EXPECT_TRUE(permissions.of(role("edito")).empty());
}

TEST(RolePermissions, LetsAdministratorsDoEverythingAndOthersNothing) {
  const auto permissions = RolePermissions::administrators_may_everything();
  EXPECT_TRUE(permissions.of(role("admin")).allows("whatever:comes:later"));
  EXPECT_TRUE(permissions.of(role("user")).empty());
  EXPECT_TRUE(permissions.of(role("administrator")).empty());
}

TEST(RolePermissions, IsWhatItIncludesAndItself) {
  RolePermissions permissions;
  permissions.include(role("editor"), role("author"), PermissionSet::from_scope("posts:write"));
  EXPECT_EQ(permissions.of(role("editor")).to_scope(), "posts:write");
  EXPECT_TRUE(permissions.includes(role("editor"), "author"));
  EXPECT_TRUE(permissions.includes(role("stranger"), "stranger"));
  EXPECT_FALSE(permissions.includes(role("author"), "editor"));
  EXPECT_TRUE(permissions.of(role("author")).empty()) << "what it has of its own is granted to it by itself";
}

}  // namespace
}  // namespace cardea
