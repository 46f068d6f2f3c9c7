// How an application is tested: without a socket, with a user of the test's choice.
#include "posts.hpp"

#include <gtest/gtest.h>

#include <cardea/web/testing/test_client.hpp>

#include "routes.hpp"

namespace {

using namespace cardea::web;

// [test]
class PostsTest : public testing::Test {
 protected:
  void SetUp() override {
    app.provide(std::make_shared<blog::Posts>());
    blog::add_routes(app);
  }

  // Nobody in these tests has a token: who is asking is the test's to say.
  TestResponse publish_as(const std::string& name, const std::string& json) {
    return TestClient{app, override_with<CurrentUser>(user_named(name))}.post_json("/posts", json);
  }
  TestResponse delete_as(const CurrentUser& user, const std::string& target) {
    return TestClient{app, override_with<CurrentUser>(user)}.delete_(target);
  }
  TestResponse list(const std::string& target, OptionalUser user = {}) {
    return TestClient{app, override_with<OptionalUser>(user)}.get(target);
  }
  static CurrentUser user_named(const std::string& name) { return {7, name, "user"}; }

  App app;
};

TEST_F(PostsTest, APublishedPostCanBeRead) {
  const auto created = publish_as("carol", R"({"title":"Hello","text":"World"})");
  EXPECT_EQ(created.status, 201U);
  EXPECT_EQ(created.header("Location"), "/posts/1");
  EXPECT_EQ(TestClient{app}.get("/posts/1").body,
            R"({"id":1,"author":"carol","title":"Hello","text":"World","visibility":"everyone"})");
}

TEST_F(PostsTest, APostWithoutATitleIsRefused) {
  const auto refused = publish_as("carol", R"({"title":"","text":"World"})");
  EXPECT_EQ(refused.status, 422U);
  const auto json = refused.json();
  EXPECT_EQ(json.at_pointer("/error/fields/0/where"), "/body/title");
}

TEST_F(PostsTest, OnlyItsAuthorOrAnAdminDeletesAPost) {
  publish_as("carol", R"({"title":"Mine","text":""})");
  EXPECT_EQ(delete_as(user_named("dave"), "/posts/1").status, 403U);
  EXPECT_EQ(delete_as(user_named("carol"), "/posts/1").status, 204U);
  EXPECT_EQ(delete_as({1, "alice", "admin"}, "/posts/1").status, 404U);
}
// [/test]

TEST_F(PostsTest, MembersSeeMore) {
  publish_as("carol", R"({"title":"For all","text":""})");
  publish_as("carol", R"({"title":"For members","text":"","visibility":"members"})");
  EXPECT_EQ(list("/posts").json().as_array().size(), 1U);
  EXPECT_EQ(list("/posts", OptionalUser{user_named("dave")}).json().as_array().size(), 2U);
  EXPECT_EQ(list("/posts?word=members", OptionalUser{user_named("dave")}).json().as_array().size(), 1U);
  EXPECT_EQ(list("/posts?limit=0").status, 422U);
}

}  // namespace
