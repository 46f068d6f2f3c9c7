#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cardea/web/app_with.hpp>
#include <cardea/web/openapi/document.hpp>
#include <memory>

namespace cardea::web {
namespace {

constexpr auto kPosts =
    catalogue({{"posts:write", "Publish posts"}, {"letters:read", "Read others' letters"}}, {{"editor", "posts:*"}});

TEST(AppWith, KnowsItsCatalogue) {
  const AppWith<kPosts> app;
  ASSERT_TRUE(app.catalogue().has_value());
  EXPECT_TRUE(app.catalogue()->has_role("editor"));
  EXPECT_FALSE(App{}.catalogue().has_value());
}

// app_with_namesake_test.cpp has another kPosts, and the same test. Through a pointer, so that nothing is inlined.
TEST(AppWith, HasTheCatalogueOfItsOwnFileHoweverOthersNameTheirs) {
  auto* volatile make = &std::make_unique<AppWith<kPosts>>;
  const auto app = make();
  EXPECT_TRUE(app->catalogue()->has_role("editor") && app->catalogue()->roles().size() == 1);
}

// A function that adds routes to whatever application cannot be checked by the compiler.
TEST(AppWith, SaysAtTheStartWhichRouteOfOthersNamesWhatItDoesNotDeclare) {
  AppWith<kPosts> app;
  App& any = app;
  any.get<"/a">([](RequirePermission<"posts:write">) {});
  any.get<"/b">([](RequireAny<"posts:write", "posts:wirte">) {});
  any.get<"/users/{id}">([](RequireOwner<"id", "letters:write">) {});
  any.get<"/c">([](RequireRole<"editer">) {});
  std::vector<std::string> undeclared;
  for (const auto& problem : app.problems()) {
    if (problem.find("catalogue") != problem.npos) undeclared.push_back(problem);
  }
  const std::string end = ", which the application's catalogue does not declare";
  EXPECT_EQ(undeclared, (std::vector<std::string>{"cardea: GET /b requires the permission posts:wirte" + end,
                                                  "cardea: GET /users/{id} requires the permission letters:write" + end,
                                                  "cardea: GET /c requires the role editer" + end}));
}

TEST(AppWith, ShowsItsCatalogueAndWhatEachRouteRequiresInTheDocument) {
  AppWith<kPosts> app;
  app.get<"/a">([](RequirePermission<"posts:write">) {});
  const auto document = openapi_document(app);
  EXPECT_EQ(document.at("x-permissions").at("posts:write"), "Publish posts");
  EXPECT_EQ(boost::json::serialize(document.at("x-roles")), R"({"editor":{"permissions":["posts:*"],"includes":[]}})");
  EXPECT_EQ(boost::json::serialize(document.at("paths").at("/a").at("get").at("x-requires")),
            R"(["principal","permission posts:write"])");
}

}  // namespace
}  // namespace cardea::web
