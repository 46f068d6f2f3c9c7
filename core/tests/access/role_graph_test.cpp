#include <cardea/core/access/role_graph.hpp>

#include "access/role_store_contract.hpp"

namespace cardea {
namespace {

Role role(std::string_view name) { return Role::parse(name).value(); }

TEST(RoleGraph, GivesEachRoleItsOwnPermissionsAndThoseOfAllItIncludes) {
  const std::vector roles{role_of("chief", "users:read", "editor"), role_of("editor", "posts:*", "author reader"),
                          role_of("author", "posts:write", "reader"), role_of("reader", "posts:read")};
  ASSERT_TRUE(check_roles(roles));
  const auto flat = flattened(roles);
  EXPECT_EQ(flat.of(role("chief")).to_scope(), "posts:* posts:read posts:write users:read");
  EXPECT_EQ(flat.of(role("author")).to_scope(), "posts:read posts:write");
  EXPECT_EQ(flat.of(role("reader")).to_scope(), "posts:read");
  EXPECT_TRUE(flat.includes(role("chief"), "reader"));
  EXPECT_TRUE(flat.includes(role("reader"), "reader"));
  EXPECT_FALSE(flat.includes(role("reader"), "chief"));
  EXPECT_TRUE(flat.of(role("stranger")).empty());
}

TEST(RoleGraph, RefusesARoleThatIncludesItselfAndNamesTheWayRound) {
  const auto sentence = [](const std::vector<RoleDefinition>& roles) {
    const auto checked = check_roles(roles);
    EXPECT_EQ(checked.error().code(), ErrorCode::role_includes_itself);
    return std::string(checked.error().public_text());
  };
  EXPECT_EQ(sentence({role_of("a", "", "a")}), "A role would include itself: a > a");
  EXPECT_EQ(sentence({role_of("x", "", "a"), role_of("a", "", "b"), role_of("b", "", "c"), role_of("c", "", "a")}),
            "A role would include itself: a > b > c > a");
}

TEST(RoleGraph, RefusesAnIncludedRoleThatIsNotThereAndOneThatIsThereTwice) {
  const std::vector unknown{role_of("a", "", "b")};
  EXPECT_EQ(check_roles(unknown).error().code(), ErrorCode::role_not_found);
  EXPECT_EQ(check_roles(unknown).error().public_text(), "No such role: b");
  EXPECT_EQ(check_roles(std::vector{role_of("a"), role_of("a")}).error().code(), ErrorCode::conflict);
}

TEST(RoleGraph, LetsTwoRolesIncludeTheSameOne) {
  EXPECT_TRUE(
      check_roles(std::vector{role_of("a", "", "b c"), role_of("b", "", "d"), role_of("c", "", "d"), role_of("d")}));
}

TEST(RoleGraph, FlattensWhatItWouldRefuse) {
  const std::vector round{role_of("a", "posts:read", "b"), role_of("b", "posts:write", "a gone")};
  const auto flat = flattened(round);
  EXPECT_EQ(flat.of(role("a")).to_scope(), "posts:read posts:write");
  EXPECT_EQ(flat.of(role("b")).to_scope(), "posts:read posts:write");
  EXPECT_TRUE(flat.of(role("gone")).empty());
}

}  // namespace
}  // namespace cardea
