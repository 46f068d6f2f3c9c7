#include <gtest/gtest.h>

#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

std::string theme_in(const std::vector<std::string>& fields) {
  App app;
  app.get<"/">([](Public, Cookie<"theme"> theme) { return theme ? *theme : std::string("none"); });
  Headers headers;
  for (const auto& field : fields) headers.add("Cookie", field);
  const auto response = TestClient{app}.get("/", headers);
  return response.status == 200 ? response.body : std::to_string(response.status);
}

TEST(Cookie, IsFoundByItsName) {
  EXPECT_EQ(theme_in({"theme=dark"}), R"("dark")");
  EXPECT_EQ(theme_in({"a=b; theme=dark; c=d"}), R"("dark")");
  EXPECT_EQ(theme_in({"a=b", "theme=a=b"}), R"("a=b")");
  EXPECT_EQ(theme_in({"theme="}), R"("")");
}

TEST(Cookie, MayBeAbsent) {
  EXPECT_EQ(theme_in({}), R"("none")");
  EXPECT_EQ(theme_in({"themes=dark; Theme=light; theme"}), R"("none")");
  EXPECT_EQ(theme_in({";;=;"}), R"("none")");
}

TEST(Cookie, ThatComesTwiceIsRefused) {
  EXPECT_EQ(theme_in({"theme=dark; theme=light"}), "400");
  EXPECT_EQ(theme_in({"theme=dark", "theme=dark"}), "400");
}

}  // namespace
}  // namespace cardea::web
