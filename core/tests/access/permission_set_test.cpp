#include <gtest/gtest.h>

#include <cardea/core/access/permission_set.hpp>

namespace cardea {
namespace {

Permission permission(std::string_view text) { return Permission::parse(text).value(); }

TEST(PermissionSet, AllowsNothingWhileItIsEmpty) {
  EXPECT_TRUE(PermissionSet{}.empty());
  EXPECT_FALSE(PermissionSet{}.allows("posts:write"));
  EXPECT_EQ(PermissionSet{}.to_scope(), "");
}

TEST(PermissionSet, AllowsWhatOneOfItsPermissionsCovers) {
  const PermissionSet held{{permission("reports:read"), permission("posts:*")}};
  EXPECT_TRUE(held.allows("reports:read"));
  EXPECT_TRUE(held.allows("posts:comments:write"));
  EXPECT_TRUE(held.allows(permission("posts:write")));
  EXPECT_FALSE(held.allows("reports:write"));
  EXPECT_FALSE(held.allows(permission("*")));
}

TEST(PermissionSet, AllowsNothingThatIsNoPermission) {
  for (const auto* text : {"", " ", "Posts:write", "posts:", "a b"}) {
    EXPECT_FALSE(PermissionSet{{permission("*")}}.allows(text)) << text;
  }
}

TEST(PermissionSet, HoldsEachPermissionOnceInWhateverOrderTheyCome) {
  PermissionSet held{{permission("b"), permission("a"), permission("b")}};
  EXPECT_EQ(held.to_scope(), "a b");
  held.add(permission("c:*"));
  held.add(permission("a"));
  held.add(permission("aa"));
  EXPECT_EQ(held.to_scope(), "a aa b c:*");
  EXPECT_EQ(held, PermissionSet::from_scope("c:* b aa a"));
}

TEST(PermissionSet, IsReadFromAScopeWhoseOtherWordsAreSkipped) {
  const struct {
    std::string_view scope, permissions;
  } rows[] = {
      {"", ""},
      {"   ", ""},
      {"posts:write", "posts:write"},
      {"posts:write posts:read", "posts:read posts:write"},
      {"  posts:write   posts:read ", "posts:read posts:write"},
      {"openid Profile https://id.example/scopes/mail posts:*", "openid posts:*"},
      {"a\tb", ""},
      {"a,b", ""},
      {"posts:write posts:write", "posts:write"},
      {"*", "*"},
  };
  for (const auto& row : rows) EXPECT_EQ(PermissionSet::from_scope(row.scope).to_scope(), row.permissions) << row.scope;
}

TEST(PermissionSet, IsNarrowedToWhatBothAllow) {
  const struct {
    std::string_view one, other, both;
  } rows[] = {
      {"", "*", ""},
      {"*", "posts:write reports:*", "posts:write reports:*"},
      {"posts:*", "posts:write reports:read", "posts:write"},
      {"posts:* reports:read", "posts:comments:* reports:*", "posts:comments:* reports:read"},
      {"posts:read", "posts:write", ""},
      {"posts:*", "posts:*", "posts:*"},
      {"*", "*", "*"},
  };
  for (const auto& row : rows) {
    const auto one = PermissionSet::from_scope(row.one);
    const auto other = PermissionSet::from_scope(row.other);
    EXPECT_EQ(one.narrowed_to(other).to_scope(), row.both) << row.one << " and " << row.other;
    EXPECT_EQ(other.narrowed_to(one).to_scope(), row.both) << row.other << " and " << row.one;
  }
}

TEST(PermissionSet, IsReadStrictlyWhereEveryWordHasToBeAPermission) {
  for (const auto* scope : {"", "*", "posts:write", "posts:* users:read"}) {
    EXPECT_EQ(PermissionSet::parse_scope(scope).value().to_scope(), scope);
  }
  for (const auto* scope : {" ", "posts:write ", " posts:write", "posts:write  users:read", "posts:write Openid",
                            "posts:write\tusers:read", "posts:"}) {
    EXPECT_EQ(PermissionSet::parse_scope(scope).error().code(), ErrorCode::permission_invalid) << scope;
  }
}

TEST(PermissionSet, SaysWhatOfItIsBeyondALimit) {
  const struct {
    std::string_view set, limit, beyond;
  } rows[] = {
      {"posts:write users:read", "posts:*", "users:read"},
      {"posts:*", "posts:write", "posts:*"},
      {"*", "posts:*", "*"},
      {"posts:* users:read *", "*", ""},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(PermissionSet::from_scope(row.set).beyond(PermissionSet::from_scope(row.limit)).to_scope(), row.beyond)
        << row.set << " beyond " << row.limit;
  }
}

}  // namespace
}  // namespace cardea
