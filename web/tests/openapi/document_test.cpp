#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/document.hpp>

namespace cardea::web {
namespace {

struct Comment {
  std::string text;
  std::vector<Comment> replies;
};
BOOST_DESCRIBE_STRUCT(Comment, (), (text, replies))

struct NewPost {
  Text<1, 80> title;
  Ranged<int, 1, 5> stars;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (title, stars, text))

class DocumentTest : public testing::Test {
 protected:
  void SetUp() override {
    app.introduce({"Blog", "1.2.3", "Posts"});
    app.post<"/login">([](Public, FormBody<NewPost>) { return NoContent{}; }).issues_tokens();
    app.post<"/posts/{id}">(
           [](RequireRole<"editor">, Path<"id", std::int64_t>, JsonBody<NewPost>) { return Created<NewPost>{}; })
        .summary("Publish")
        .description("At once.")
        .tag("posts");
    app.get<"/posts/{id}">([](OptionalUser, Query<"limit", Ranged<int, 1, 200>, 50>) { return Comment{}; })
        .refuses({ErrorCode::not_found, ErrorCode::token_expired});
    app.get<"/secret">([](Public) { return NoContent{}; }).hidden();
    document = openapi_document(app);
  }
  const boost::json::value& value(std::string_view pointer) { return document.at_pointer(pointer); }
  std::string at(std::string_view pointer) { return boost::json::serialize(value(pointer)); }

  App app;
  boost::json::value document;
};

TEST_F(DocumentTest, IntroducesTheApplication) {
  EXPECT_EQ(at("/openapi"), R"("3.1.0")");
  EXPECT_EQ(at("/info"), R"({"title":"Blog","version":"1.2.3","description":"Posts"})");
}

TEST_F(DocumentTest, DescribesWhatTheHandlersTypesSay) {
  const std::string post = "/paths/~1posts~1{id}/post";
  EXPECT_EQ(at(post + "/summary"), R"("Publish")");
  EXPECT_EQ(at(post + "/tags"), R"(["posts"])");
  EXPECT_EQ(at(post + "/operationId"), R"("post_posts_id")");
  EXPECT_EQ(at(post + "/parameters/0"),
            R"({"name":"id","in":"path","required":true,"schema":{"type":"integer","format":"int64"}})");
  EXPECT_EQ(at(post + "/requestBody/content/application~1json/schema"), R"({"$ref":"#/components/schemas/NewPost"})");
  EXPECT_EQ(at(post + "/responses/201/content/application~1json/schema"), R"({"$ref":"#/components/schemas/NewPost"})");
  EXPECT_EQ(at("/components/schemas/NewPost"),
            R"({"type":"object","properties":{"title":{"type":"string","minLength":1,"maxLength":80},)"
            R"("stars":{"type":"integer","format":"int32","minimum":1,"maximum":5},)"
            R"("text":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["title","stars"]})");
}

TEST_F(DocumentTest, AParameterWithADefaultIsNotRequired) {
  EXPECT_EQ(at("/paths/~1posts~1{id}/get/parameters/0"),
            R"({"name":"limit","in":"query","required":false,)"
            R"("schema":{"type":"integer","format":"int32","minimum":1,"maximum":200,"default":50}})");
}

TEST_F(DocumentTest, AParameterThatNobodyReadsIsStillInThePath) {
  EXPECT_EQ(at("/paths/~1posts~1{id}/get/parameters/1"),
            R"({"name":"id","in":"path","required":true,"schema":{"type":"string"}})");
}

TEST_F(DocumentTest, ListsEveryErrorThatCanBe) {
  std::string statuses;
  for (const auto& response : value("/paths/~1posts~1{id}/post/responses").as_object()) {
    statuses += std::string(response.key()) + ' ';
  }
  EXPECT_EQ(statuses, "201 400 401 403 413 415 422 500 503 ");
}

TEST_F(DocumentTest, HasWhatTheHandlerItselfRefusesWithAsClientsSeeIt) {
  const auto& responses = value("/paths/~1posts~1{id}/get/responses").as_object();
  EXPECT_TRUE(responses.contains("404"));
  EXPECT_TRUE(responses.contains("401"));
  EXPECT_FALSE(responses.contains("409"));
}

TEST_F(DocumentTest, SaysWhereTokensComeFromAndWhoNeedsOne) {
  EXPECT_EQ(at("/components/securitySchemes/OAuth2PasswordBearer"),
            R"({"type":"oauth2","flows":{"password":{"tokenUrl":"/login","scopes":{}}}})");
  EXPECT_EQ(at("/paths/~1posts~1{id}/post/security"), R"([{"OAuth2PasswordBearer":[]}])");
  EXPECT_EQ(at("/paths/~1posts~1{id}/get/security"), R"([{},{"OAuth2PasswordBearer":[]}])");
  EXPECT_FALSE(value("/paths/~1login/post").as_object().contains("security"));
  EXPECT_TRUE(value("/paths/~1login/post/responses").as_object().contains("401"));
}

TEST_F(DocumentTest, ATypeThatHoldsItselfIsAReference) {
  EXPECT_EQ(at("/components/schemas/Comment/properties/replies"),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Comment"}})");
}

TEST_F(DocumentTest, LeavesHiddenRoutesOutButNotOutOfThePolicy) {
  EXPECT_FALSE(value("/paths").as_object().contains("/secret"));
  const auto policies = route_policies(app);
  ASSERT_EQ(policies.size(), 4U);
  EXPECT_EQ(policies[2].pattern, "/posts/{id}");
  EXPECT_EQ(policies[2].requirements, (std::vector<std::string>{"user", "role editor"}));
  EXPECT_EQ(policies[3].requirements, (std::vector<std::string>{"public"}));
}

}  // namespace
}  // namespace cardea::web
