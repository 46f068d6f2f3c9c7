#include <gtest/gtest.h>

#include <cardea/core/access/catalogue.hpp>
#include <cstdint>
#include <set>
#include <vector>

namespace cardea {
namespace {

constexpr auto kPosts = catalogue({{"posts:write", "Publish"}, {"posts:delete", "Delete"}},
                                  {{"author", "posts:write"}, {"editor", "posts:*", "author"}});
constexpr auto kUsers = catalogue({{"users:read", "See users"}}, {{"clerk", "users:read"}, {"admin", "*"}});
constexpr auto kBoth = kPosts + kUsers;
constexpr auto kNoRoles = catalogue({{"posts:write", "Publish"}});

constexpr bool holds(const Catalogue& catalogue) {
  return catalogue.permissions_are_valid() && catalogue.roles_are_valid() && catalogue.roles_give_what_there_is() &&
         catalogue.roles_include_what_there_is() && catalogue.no_role_includes_itself();
}
static_assert(holds(kPosts.view()) && holds(kUsers.view()) && holds(kBoth.view()) && holds(kNoRoles.view()));

TEST(Catalogue, KnowsItsNamesAndNoOthers) {
  static_assert(kBoth.view().has_permission("posts:delete") && kBoth.view().has_permission("users:read"));
  static_assert(!kBoth.view().has_permission("posts:*") && !kBoth.view().has_permission("posts"));
  static_assert(kBoth.view().has_role("admin") && !kPosts.view().has_role("admin"));
  EXPECT_EQ(kBoth.view().permissions().size(), 3U);
}

TEST(Catalogue, CanGrantWhatCoversOneOfItsPermissions) {
  for (const auto* granted : {"*", "posts:*", "posts:write"}) EXPECT_TRUE(kPosts.view().can_grant(granted)) << granted;
  for (const auto* granted : {"users:*", "posts:wirte", "posts", "p*", "post*", "posts:", "", "posts:write:*"}) {
    EXPECT_FALSE(kPosts.view().can_grant(granted)) << granted;
  }
}

TEST(Catalogue, CanGrantAnyPermissionIfItIsOpen) {
  constexpr auto open = kUsers.open();
  for (const auto* granted : {"*", "posts:*", "posts:write", "users:read"}) {
    EXPECT_TRUE(open.view().can_grant(granted)) << granted;
  }
  for (const auto* granted : {"", "Posts", "p*"}) EXPECT_FALSE(open.view().can_grant(granted)) << granted;
  static_assert(!open.view().has_permission("posts:write"));
  static_assert((kPosts + open).view().can_grant("mail:send") && (open + kPosts).view().can_grant("mail:send"));
}

TEST(Catalogue, SaysWhichOfItsRulesDoesNotHold) {
  static_assert(!catalogue({{"Posts", ""}}).view().permissions_are_valid());
  static_assert(!catalogue({{"posts:*", ""}}).view().permissions_are_valid());
  static_assert(!(kNoRoles + kNoRoles).view().permissions_are_valid());
  static_assert(!catalogue({{"a:b", ""}}, {{"Editor", ""}}).view().roles_are_valid());
  static_assert(!catalogue({{"a:b", ""}}, {{"x", ""}, {"x", ""}}).view().roles_are_valid());
  static_assert(!catalogue({{"a:b", ""}}, {{"x", "a:c"}}).view().roles_give_what_there_is());
  static_assert(!catalogue({{"a:b", ""}}, {{"x", "a:b  a:b"}}).view().roles_give_what_there_is());
  static_assert(!catalogue({{"a:b", ""}}, {{"x", "", "y"}}).view().roles_include_what_there_is());
  static_assert(!catalogue({{"a:b", ""}}, {{"x", "", "x"}}).view().no_role_includes_itself());
  constexpr auto round = catalogue({{"a:b", ""}}, {{"x", "", "y"}, {"y", "", "z"}, {"z", "", "x"}});
  static_assert(!round.view().no_role_includes_itself());
  EXPECT_TRUE(round.view().roles_include_what_there_is());
}

TEST(Catalogue, HasAnotherFingerprintIfItDeclaresSomethingElse) {
  const auto of = [](const auto& catalogue) { return catalogue.view().fingerprint(); };
  EXPECT_EQ(of(kPosts + kNoRoles), of(kPosts + catalogue({{"posts:write", "Publish"}})));
  const std::vector<std::uint64_t> fingerprints{
      of(catalogue({{"a:b", "c"}})),
      of(catalogue({{"a:bc", ""}})),
      of(catalogue({{"a:b", ""}, {"c", ""}})),
      of(catalogue({{"a:b", "c"}}).open()),
      of(catalogue({{"a:b", "c"}}, {{"d"}})),
      of(catalogue({{"a:b", "c"}}, {{"d", "a:b"}})),
      of(catalogue({{"a:b", "c"}}, {{"d", "", "a:b"}})),
      of(catalogue({{"a:b", "c"}}, {{"d", "a:b"}, {"e"}})),
  };
  EXPECT_EQ(std::set(fingerprints.begin(), fingerprints.end()).size(), fingerprints.size());
}

TEST(Catalogue, DefinesItsRoles) {
  const auto definitions = kPosts.view().definitions();
  ASSERT_EQ(definitions.size(), 2U);
  EXPECT_EQ(definitions[1].role.name(), "editor");
  EXPECT_EQ(definitions[1].permissions.to_scope(), "posts:*");
  EXPECT_EQ(definitions[1].includes.to_text(), "author");
}

}  // namespace
}  // namespace cardea
