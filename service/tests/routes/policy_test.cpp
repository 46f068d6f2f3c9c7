// Every route of the ready server, as its types state its policy, asked by nobody and by somebody who may not.
#include <gtest/gtest.h>

#include <cardea/web/openapi/policy_matrix.hpp>
#include <regex>

#include "demo_server.hpp"

namespace cardea::service {
namespace {

using web::Access;

class PolicyTest : public testing::Test {
 protected:
  web::TestResponse ask(const web::PolicyMatrix::Row& row, const std::string& token) {
    static const std::regex parameter{R"(\{[a-z]+\})"};
    web::Request request;
    request.method = web::parse_method(row.method);
    request.target = std::regex_replace(row.pattern, parameter, "1");
    server.client->use_token(token);
    return server.client->send(std::move(request));
  }
  // Of the roles that the ready server declares, the second one is user.
  static Access of_user(const web::PolicyMatrix::Row& row) { return row.of_roles.at(1); }

  DemoServer server;
  const web::PolicyMatrix matrix = web::policy_matrix(server.app());
};

TEST_F(PolicyTest, WithoutATokenEveryRouteThatNeedsOneIs401InTheSameWords) {
  std::size_t count = 0;
  for (const auto& row : matrix.rows) {
    if (row.without_token != Access::no) continue;
    const auto answer = ask(row, {});
    EXPECT_EQ(answer.status, 401U) << row.method << ' ' << row.pattern << answer.body;
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer") << row.method << ' ' << row.pattern;
    ++count;
  }
  EXPECT_GT(count, 30U);
}

TEST_F(PolicyTest, AUserIs403OnEveryRouteThatTheirRoleDoesNotOpen) {
  ASSERT_EQ(matrix.roles, (std::vector<std::string>{"admin", "user"}));
  const auto bob = server.log_in("bob", "bobpw");
  std::size_t count = 0;
  for (const auto& row : matrix.rows) {
    if (of_user(row) != Access::no) continue;
    const auto answer = ask(row, bob);
    EXPECT_EQ(answer.status, 403U) << row.method << ' ' << row.pattern << answer.body;
    EXPECT_TRUE(answer.header("WWW-Authenticate").starts_with("Bearer error=\"insufficient_scope\"")) << row.pattern;
    ++count;
  }
  EXPECT_GT(count, 20U);
}

TEST_F(PolicyTest, EveryRouteUnderAdminNeedsMoreThanALogin) {
  for (const auto& row : matrix.rows) {
    if (!row.pattern.starts_with("/admin/")) continue;
    EXPECT_EQ(of_user(row), Access::no) << row.method << ' ' << row.pattern;
  }
}

}  // namespace
}  // namespace cardea::service
