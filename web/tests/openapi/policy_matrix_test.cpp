#include <gtest/gtest.h>

#include <cardea/web/app_with.hpp>
#include <cardea/web/openapi/policy_matrix.hpp>

namespace cardea::web {
namespace {

constexpr auto kPosts =
    catalogue({{"posts:write", "Publish"}, {"posts:review", "Review"}, {"letters:read", "Read others' letters"}},
              {{"user"}, {"author", "posts:write"}, {"editor", "posts:*", "author"}, {"clerk", "letters:*"}});

std::string row(const PolicyMatrix& matrix, std::string_view pattern) {
  for (const auto& row : matrix.rows) {
    if (row.pattern != pattern) continue;
    std::string text = row.method + ' ' + std::string(name_of(row.without_token)) + ':';
    for (const auto access : row.of_roles) text += ' ' + std::string(name_of(access));
    return text;
  }
  return {};
}

TEST(PolicyMatrix, SaysOfEachRouteAndRoleWhetherItLetsThemIn) {
  AppWith<kPosts> app;
  app.get<"/public">([](Public) {});
  app.get<"/me">([](CurrentUser user) { return user; });
  app.get<"/feed">([](OptionalUser) {});
  app.post<"/posts">([](RequirePermission<"posts:write">) {});
  app.get<"/both">([](RequireAll<"posts:write", "posts:review">) {});
  app.get<"/either">([](AllowingApiKeys<RequireAny<"posts:review", "letters:read">>) {});
  app.get<"/authors">([](RequireRole<"author">) {});
  app.get<"/users/{id}/diary">([](RequireOwner<"id">) {});
  app.get<"/users/{id}/letters">([](RequireOwner<"id", "letters:read">) {});

  const auto matrix = policy_matrix(app);
  EXPECT_EQ(matrix.roles, (std::vector<std::string>{"user", "author", "editor", "clerk"}));
  EXPECT_EQ(row(matrix, "/public"), "GET yes: yes yes yes yes");
  EXPECT_EQ(row(matrix, "/me"), "GET -: yes yes yes yes");
  EXPECT_EQ(row(matrix, "/feed"), "GET yes: yes yes yes yes");
  EXPECT_EQ(row(matrix, "/posts"), "POST -: - yes yes -");
  EXPECT_EQ(row(matrix, "/both"), "GET -: - - yes -");
  EXPECT_EQ(row(matrix, "/either"), "GET -: - - yes yes");
  EXPECT_EQ(row(matrix, "/authors"), "GET -: - yes yes -");
  EXPECT_EQ(row(matrix, "/users/{id}/diary"), "GET -: own own own own");
  EXPECT_EQ(row(matrix, "/users/{id}/letters"), "GET -: own own own yes");
}

TEST(PolicyMatrix, KnowsTheAdministratorWhereThereIsNoCatalogue) {
  App app;
  app.get<"/posts">([](RequirePermission<"posts:write">) {});
  const auto matrix = policy_matrix(app);
  EXPECT_EQ(matrix.roles, std::vector<std::string>{"admin"});
  EXPECT_EQ(row(matrix, "/posts"), "GET -: yes");
}

}  // namespace
}  // namespace cardea::web
