#include <gtest/gtest.h>

#include <cardea/core/access/role_list.hpp>

namespace cardea {
namespace {

TEST(RoleList, KeepsTheOrderAndEachRoleOnce) {
  const auto list = RoleList::parse("editor author editor").value();
  EXPECT_EQ(list.to_text(), "editor author");
  EXPECT_TRUE(list.contains("author"));
  EXPECT_FALSE(list.contains("auth"));
}

TEST(RoleList, IsEmptyForEmptyText) {
  EXPECT_TRUE(RoleList::parse("").value().empty());
  EXPECT_EQ(RoleList{}.to_text(), "");
  EXPECT_TRUE(RoleList{}.roles().empty());
}

TEST(RoleList, RefusesTextThatIsNoList) {
  for (const auto* text : {" ", "a ", " a", "a  b", "A", "a,b"}) {
    EXPECT_EQ(RoleList::parse(text).error().code(), ErrorCode::role_invalid) << text;
  }
}

TEST(RoleList, IsEqualByItsRolesAndTheirOrder) {
  EXPECT_EQ(RoleList::parse("a b").value(), RoleList::parse("a b").value());
  EXPECT_NE(RoleList::parse("a b").value(), RoleList::parse("b a").value());
  EXPECT_NE(RoleList::parse("a").value(), RoleList{});
}

}  // namespace
}  // namespace cardea
