#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

BOOST_DEFINE_ENUM_CLASS(Order, newest, oldest)

// What a 422 says: "/query/limit must be a whole number".
std::string first_field(const TestResponse& response) {
  const auto json = response.json();
  const auto& field = json.at("error").at("fields").at(0);
  return std::string(field.at("where").as_string()) + ' ' + std::string(field.at("reason").as_string());
}

class ParametersTest : public testing::Test {
 protected:
  void SetUp() override {
    app.get<"/path/{id}">([](Public, Path<"id", std::int64_t> id) { return *id; });
    app.get<"/required">([](Public, Query<"q", std::string> q) { return *q; });
    app.get<"/optional">([](Public, Query<"q", std::optional<int>> q) { return *q; });
    app.get<"/default">([](Public, Query<"limit", Ranged<int, 1, 200>, 50> limit,
                           Query<"order", Order, Order::newest> order, Query<"sort", std::string, Name{"title"}> sort) {
      return std::to_string(limit->value) + ' ' + (*order == Order::newest ? "newest" : "oldest") + ' ' + *sort;
    });
    app.get<"/list">([](Public, Query<"tag", std::vector<std::string>> tags) { return *tags; });
    app.get<"/header">([](Public, Header<"X-Tenant"> tenant) { return *tenant; });
    app.get<"/header/optional">([](Public, Header<"X-Limit", std::optional<int>> limit) { return *limit; });
    app.get<"/bool">([](Public, Query<"on", bool> on) { return *on; });
    app.get<"/text">([](Public, Query<"name", Text<2, 3>> name) { return name->value; });
  }
  TestResponse get(std::string target, Headers headers = {}) {
    return TestClient{app}.get(std::move(target), std::move(headers));
  }
  App app;
};

TEST_F(ParametersTest, APathValueHasItsTypeOrIsRefused) {
  EXPECT_EQ(get("/path/-7").body, "-7");
  EXPECT_EQ(first_field(get("/path/seven")), "/path/id must be a whole number");
  EXPECT_EQ(first_field(get("/path/7x")), "/path/id must be a whole number");
  EXPECT_EQ(first_field(get("/path/9223372036854775808")), "/path/id is out of range");
  EXPECT_EQ(get("/path/seven").status, 422U);
}

TEST_F(ParametersTest, ARequiredQueryValueMustBeThereOnce) {
  EXPECT_EQ(get("/required?q=a+b%26c").body, R"("a b&c")");
  EXPECT_EQ(get("/required?q=").body, R"("")");
  EXPECT_EQ(first_field(get("/required")), "/query/q is missing");
  EXPECT_EQ(first_field(get("/required?q=1&q=2")), "/query/q is given more than once");
}

TEST_F(ParametersTest, AnOptionalQueryValueMayBeAbsentButNotWrong) {
  EXPECT_EQ(get("/optional").body, "null");
  EXPECT_EQ(get("/optional?q=3").body, "3");
  EXPECT_EQ(get("/optional?q=x").status, 422U);
}

TEST_F(ParametersTest, ADefaultStandsInForAnAbsentValue) {
  EXPECT_EQ(get("/default").body, R"("50 newest title")");
  EXPECT_EQ(get("/default?limit=200&order=oldest&sort=id").body, R"("200 oldest id")");
  EXPECT_EQ(first_field(get("/default?limit=201")), "/query/limit must be from 1 to 200");
  EXPECT_EQ(first_field(get("/default?order=best")), "/query/order must be one of newest, oldest");
}

TEST_F(ParametersTest, AListCollectsEveryValue) {
  EXPECT_EQ(get("/list?tag=a&x=1&tag=b").body, R"(["a","b"])");
  EXPECT_EQ(get("/list").body, "[]");
}

TEST_F(ParametersTest, AHeaderIsReadWithoutCaseAndOnce) {
  Headers headers;
  headers.add("x-tenant", "north");
  EXPECT_EQ(get("/header", headers).body, R"("north")");
  headers.add("X-Tenant", "south");
  EXPECT_EQ(first_field(get("/header", headers)), "/header/X-Tenant is given more than once");
  EXPECT_EQ(first_field(get("/header")), "/header/X-Tenant is missing");
  EXPECT_EQ(get("/header/optional").body, "null");
}

TEST_F(ParametersTest, ABrokenQueryIsABadRequest) { EXPECT_EQ(get("/required?q=%zz").status, 400U); }

TEST_F(ParametersTest, LengthCountsCharactersNotBytes) {
  EXPECT_EQ(get("/text?name=%C3%A4%C3%B6%C3%BC").status, 200U);
  EXPECT_EQ(first_field(get("/text?name=a")), "/query/name must have at least 2 characters");
  EXPECT_EQ(first_field(get("/text?name=abcd")), "/query/name must have at most 3 characters");
}

TEST_F(ParametersTest, AValueThatWasSentIsNeverEchoed) {
  for (const auto* target :
       {"/path/TOPSECRET", "/optional?q=TOPSECRET", "/bool?on=TOPSECRET", "/text?name=TOPSECRET"}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 422U);
    const auto json = response.json();
    const auto& error = json.at("error").as_object();
    EXPECT_FALSE(boost::json::serialize(error.at("fields")).contains("TOPSECRET")) << target;
  }
}

}  // namespace
}  // namespace cardea::web
