#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

BOOST_DEFINE_ENUM_CLASS(Kind, note, question)

struct Tag {
  Text<1, 10> name;
};
BOOST_DESCRIBE_STRUCT(Tag, (), (name))

struct NewPost {
  Text<1, 20> title;
  Ranged<int, 1, 5> stars;
  Kind kind = Kind::note;
  std::vector<Tag> tags;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (title, stars, kind, tags, text))

struct Credentials {
  std::string username;
  std::string password;
  std::optional<std::string> scope;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (username, password, scope))

struct Upload {
  std::string title;
  FormFile file;
};
BOOST_DESCRIBE_STRUCT(Upload, (), (title, file))

class BodyTest : public testing::Test {
 protected:
  void SetUp() override {
    app.post<"/posts">([](Public, JsonBody<NewPost> post) { return Created<NewPost>{*post, "/posts/1"}; });
    app.post<"/form">([](Public, FormBody<Credentials> form) { return *form; });
    app.post<"/login">([](Public, FormOrJsonBody<Credentials> form) { return *form; });
    app.post<"/small">([](Public, FormBody<Credentials> form) { return *form; }).body_limit(20);
    app.post<"/upload">([](Public, FormBody<Upload> upload) {
      return upload->file.name + ' ' + upload->file.media_type + ' ' + upload->file.content;
    });
  }
  TestResponse post(std::string target, const std::string& type, std::string body) {
    Headers headers;
    if (!type.empty()) headers.add("Content-Type", type);
    Request request;
    request.method = Method::post;
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return TestClient{app}.send(std::move(request));
  }
  App app;
};

// "/body/title is missing; ..." in the order they were found.
std::string fields_of(const TestResponse& response) {
  std::string all;
  const auto json = response.json();
  for (const auto& field : json.at("error").at("fields").as_array()) {
    all += (all.empty() ? "" : "; ") + std::string(field.at("where").as_string()) + ' ' +
           std::string(field.at("reason").as_string());
  }
  return all;
}

TEST_F(BodyTest, AJsonBodyBecomesAStructAndBack) {
  const auto response = post("/posts", "application/json; charset=utf-8",
                             R"({"title":"Hi","stars":5,"kind":"question","tags":[{"name":"a"}],"more":1})");
  EXPECT_EQ(response.status, 201U);
  EXPECT_EQ(response.header("Location"), "/posts/1");
  EXPECT_EQ(response.body, R"({"title":"Hi","stars":5,"kind":"question","tags":[{"name":"a"}],"text":null})");
}

TEST_F(BodyTest, EverythingThatIsWrongIsListedAtOnce) {
  const auto response =
      post("/posts", "application/json", R"({"stars":6,"kind":"rant","tags":[{"name":"ok"},{"name":""},7],"text":1})");
  EXPECT_EQ(response.status, 422U);
  EXPECT_EQ(
      fields_of(response),
      "/body/title is missing; /body/stars must be from 1 to 5; /body/kind must be one of note, question; "
      "/body/tags/1/name must have at least 1 character; /body/tags/2 must be an object; /body/text must be a string");
}

TEST_F(BodyTest, TypesAreStrict) {
  EXPECT_EQ(fields_of(post("/posts", "application/json", R"({"title":"x","stars":"5","kind":"note","tags":[]})")),
            "/body/stars must be a whole number");
  EXPECT_EQ(fields_of(post("/posts", "application/json", R"({"title":"x","stars":4.5,"kind":"note","tags":[]})")),
            "/body/stars must be a whole number");
  EXPECT_EQ(fields_of(post("/posts", "application/json", "[]")), "/body must be an object");
}

TEST_F(BodyTest, MalformedJsonIsABadRequest) {
  for (const auto* body :
       {"{", "{\"title\":}", R"({"a":1,"a":2})", "{} {}", "\xFF", "{\"title\":\"\xC0\xAF\"}", "nul"}) {
    const auto response = post("/posts", "application/json", body);
    EXPECT_EQ(response.status, 400U) << body;
    EXPECT_EQ(response.json().at("error").at("message"), "Malformed JSON");
  }
}

TEST_F(BodyTest, ADeepBodyIsRefused) {
  EXPECT_EQ(post("/posts", "application/json", std::string(40, '[') + std::string(40, ']')).status, 400U);
}

TEST_F(BodyTest, AnotherContentTypeIsRefused) {
  EXPECT_EQ(post("/posts", "text/plain", "{}").status, 415U);
  EXPECT_EQ(post("/posts", "", "{}").status, 415U);
  EXPECT_EQ(post("/form", "application/json", "{}").status, 415U);
  EXPECT_EQ(fields_of(post("/posts", "", "")), "/body is missing");
}

TEST_F(BodyTest, AFormIsReadUrlencoded) {
  EXPECT_EQ(post("/form", "application/x-www-form-urlencoded", "username=al%69ce&password=a+b%2Bc&ignored").body,
            R"({"username":"alice","password":"a b+c","scope":null})");
  EXPECT_EQ(fields_of(post("/form", "application/x-www-form-urlencoded", "username=alice&username=bob")),
            "/body/username is given more than once; /body/password is missing");
  EXPECT_EQ(post("/form", "application/x-www-form-urlencoded", "username=%FF&password=x").status, 400U);
}

// The body is what `curl -F username=alice -F password=...` sends.
TEST_F(BodyTest, AFormIsReadAsMultipart) {
  const std::string body =
      "--xyz\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nalice\r\n"
      "--xyz\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\na\r\n--xy b\r\n--xyz--\r\n";
  EXPECT_EQ(post("/form", "multipart/form-data; boundary=xyz", body).body,
            R"({"username":"alice","password":"a\r\n--xy b","scope":null})");
}

TEST_F(BodyTest, AFileKeepsItsNameTypeAndBytes) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"1\\\".txt\"\r\nContent-Type: "
      "text/plain\r\n\r\n\r\nline\r\n\r\n--b--";
  EXPECT_EQ(post("/upload", "multipart/form-data; boundary=\"b\"", body).body,
            R"("a \"1\".txt text/plain \r\nline\r\n")");
}

TEST_F(BodyTest, ABrokenMultipartBodyIsABadRequest) {
  for (const auto* body :
       {"", "--xyz", "--xyz\r\n", "--xyz--x", "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv",
        "--xyz\r\nContent-Disposition: form-data\r\n\r\nv\r\n--xyz--", "--xyz\r\n\r\nv\r\n--xyz--",
        "--xyzContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n--xyz--", "--xyz\r\nbroken\r\n\r\nv\r\n--xyz--"}) {
    const auto status = post("/form", "multipart/form-data; boundary=xyz", body).status;
    EXPECT_TRUE(status == 400U || (std::string_view{body} == "--xyz--x" && status == 422U)) << body << ' ' << status;
  }
  EXPECT_EQ(post("/form", "multipart/form-data", "--xyz--").status, 400U);
}

TEST_F(BodyTest, OneRouteReadsFormsAndJson) {
  const auto* expected = R"({"username":"a","password":"b","scope":null})";
  EXPECT_EQ(post("/login", "application/x-www-form-urlencoded", "username=a&password=b").body, expected);
  EXPECT_EQ(post("/login", "application/json", R"({"username":"a","password":"b"})").body, expected);
  EXPECT_EQ(post("/login", "text/plain", "x").status, 415U);
}

TEST_F(BodyTest, ARouteHasItsOwnLimit) {
  EXPECT_EQ(post("/small", "application/x-www-form-urlencoded", std::string(21, 'a')).status, 413U);
}

}  // namespace
}  // namespace cardea::web
