#include <gtest/gtest.h>

#include <cardea/core/access/permission.hpp>

namespace cardea {
namespace {

Permission permission(std::string_view text) { return Permission::parse(text).value(); }

TEST(Permission, IsReadFromPartsThatAColonJoins) {
  for (const auto* text :
       {"a", "7", "posts", "posts:write", "posts:comments:write", "a.b_c-d:e", "reports.2026:read"}) {
    EXPECT_EQ(permission(text).name(), text);
    EXPECT_TRUE(is_permission_name(text)) << text;
  }
  EXPECT_EQ(permission(std::string(64, 'a')).name(), std::string(64, 'a'));
}

TEST(Permission, MayEndInAWildcardThatNoRouteCanAskFor) {
  for (const std::string& text :
       {std::string("*"), std::string("posts:*"), std::string("posts:comments:*"), std::string(62, 'a') + ":*"}) {
    EXPECT_EQ(permission(text).name(), text);
    EXPECT_FALSE(is_permission_name(text)) << text;
  }
}

TEST(Permission, IsNothingElse) {
  for (const std::string& text :
       {std::string(),           std::string(":"),       std::string(":a"),          std::string("a:"),
        std::string("a::b"),     std::string("A"),       std::string("posts:Write"), std::string("a b"),
        std::string(" a"),       std::string("a "),      std::string("a*"),          std::string("*a"),
        std::string("**"),       std::string("*:a"),     std::string("a:*:b"),       std::string("a:b*"),
        std::string(":*"),       std::string("a::*"),    std::string("a/b"),         std::string("a\"b"),
        std::string("\xC3\xA4"), std::string("a\0b", 3), std::string(65, 'a'),       std::string(63, 'a') + ":*"}) {
    const auto parsed = Permission::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code(), ErrorCode::permission_invalid);
    EXPECT_FALSE(is_permission_name(text)) << text;
  }
}

TEST(Permission, CoversItselfAndWhatItsWildcardStandsFor) {
  const struct {
    std::string_view held, needed;
    bool covers;
  } rows[] = {
      {"posts:write", "posts:write", true},
      {"posts:write", "posts:read", false},
      {"posts:write", "posts:write:all", false},
      {"posts:write", "posts:writ", false},
      {"posts", "posts:write", false},
      {"posts:*", "posts:write", true},
      {"posts:*", "posts:comments:write", true},
      {"posts:*", "posts:comments:*", true},
      {"posts:*", "posts:*", true},
      {"posts:*", "posts", false},
      {"posts:*", "postscripts:write", false},
      {"posts:*", "reports:read", false},
      {"posts:*", "*", false},
      {"posts:comments:*", "posts:write", false},
      {"posts:comments:*", "posts:*", false},
      {"*", "posts:write", true},
      {"*", "posts", true},
      {"*", "posts:*", true},
      {"*", "*", true},
      // No permissions at all:
      {"*", "", false},
      {"*", "Posts", false},
      {"posts:*", "posts:", false},
      {"posts:*", "posts:a b", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(permission(row.held).covers(row.needed), row.covers) << row.held << " and " << row.needed;
  }
  EXPECT_TRUE(permission("posts:*").covers(permission("posts:write")));
  EXPECT_FALSE(permission("posts:write").covers(permission("posts:*")));
}

}  // namespace
}  // namespace cardea
