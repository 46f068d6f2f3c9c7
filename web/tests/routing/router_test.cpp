#include <gtest/gtest.h>

#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <stdexcept>

namespace cardea::web {
namespace {

class RouterTest : public testing::Test {
 protected:
  void SetUp() override {
    app.get<"/">([](Public) { return std::string("root"); });
    app.get<"/posts/{id}">([](Public, Path<"id", std::string> id) { return "post " + *id; });
    app.delete_<"/posts/{id}">([](Public, Path<"id", std::string>) { return NoContent{}; });
    app.get<"/posts/new">([](Public) { return std::string("new"); });
    app.get<"/posts/new/{part}">([](Public, Path<"part", std::string> part) { return "part " + *part; });
    app.get<"/posts/{id}/comments">([](Public, Path<"id", std::string> id) { return "comments of " + *id; });
  }
  std::string body_of(std::string target) { return TestClient{app}.get(std::move(target)).body; }
  unsigned status_of(std::string target) { return TestClient{app}.get(std::move(target)).status; }

  App app;
};

TEST_F(RouterTest, PrefersALiteralSegmentAndTriesTheParameterNext) {
  EXPECT_EQ(body_of("/posts/new"), R"("new")");
  EXPECT_EQ(body_of("/posts/7"), R"("post 7")");
  EXPECT_EQ(body_of("/posts/new/7"), R"("part 7")");
  EXPECT_EQ(body_of("/posts/new/comments"), R"("part comments")");
  EXPECT_EQ(body_of("/posts/old/comments"), R"("comments of old")");
  EXPECT_EQ(body_of("/"), R"("root")");
}

TEST_F(RouterTest, FindsAPathWithoutParametersByEachOfItsMethods) {
  app.post<"/posts/new">([](Public) { return std::string("made"); });
  TestClient client{app};
  EXPECT_EQ(client.get("/posts/new?x=/posts/7").body, R"("new")");
  EXPECT_EQ(client.post_json("/posts/new", "{}").body, R"("made")");
  const auto deleted = client.delete_("/posts/new");
  EXPECT_EQ(deleted.status, 405U);
  EXPECT_EQ(deleted.header("Allow"), "GET, HEAD, POST");
}

TEST_F(RouterTest, AnswersWithAReferenceToAParameter) {
  app.get<"/echo/{text}">([](Public, const Path<"text", std::string>& text) -> const std::string& { return *text; });
  EXPECT_EQ(body_of("/echo/abc"), R"("abc")");
}

TEST_F(RouterTest, DecodesOnce) {
  EXPECT_EQ(body_of("/posts/a%20b?x=1"), R"("post a b")");
  EXPECT_EQ(body_of("/posts/%2520"), R"("post %20")");
  EXPECT_EQ(body_of("/p%6Fsts/new"), R"("new")");
}

TEST_F(RouterTest, KnowsNoSecondSpellingOfARoute) {
  for (const auto* target : {"/posts/new/", "//posts/new", "/posts//new", "/posts/./new", "/posts/../posts/new",
                             "/posts%2Fnew", "/posts/%2e%2e/new", "/posts/a%2Fb", "/posts/a%5Cb", "/Posts/new"}) {
    EXPECT_EQ(status_of(target), 404U) << target;
  }
}

TEST_F(RouterTest, RefusesWhatIsNoPath) {
  for (const auto* target : {"", "posts", "/posts/%", "/posts/%4", "/posts/%zz", "/posts/a%00b", "/posts/%FF",
                             "/posts/a\\b", "/posts/<a>", "/posts/a#b"}) {
    EXPECT_EQ(status_of(target), 400U) << target;
  }
}

TEST_F(RouterTest, NamesTheMethodsThatAPathHas) {
  TestClient client{app};
  const auto response = client.post_json("/posts/7", "{}");
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(response.header("Allow"), "GET, HEAD, DELETE");
}

TEST_F(RouterTest, RefusesTheSameRouteTwice) {
  EXPECT_THROW(app.get<"/posts/new">([](Public) { return NoContent{}; }), std::logic_error);
}

}  // namespace
}  // namespace cardea::web
