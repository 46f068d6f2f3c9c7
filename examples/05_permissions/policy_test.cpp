// The whole policy of the newsroom, kept: whoever changes who may do what changes this file, too.
#include <gtest/gtest.h>

#include <cardea/web/openapi/policy_matrix.hpp>

#include "routes.hpp"

namespace {

using namespace cardea::web;

// [test]
std::string as_text(const PolicyMatrix& matrix) {
  std::string text;
  for (const auto& row : matrix.rows) {
    text += row.method + ' ' + row.pattern + ':';
    for (std::size_t i = 0; i < matrix.roles.size(); ++i) {
      if (row.of_roles[i] != Access::no) text += ' ' + matrix.roles[i] + '=' + std::string(name_of(row.of_roles[i]));
    }
    text += '\n';
  }
  return text;
}

TEST(NewsroomPolicy, IsWhatItWas) {
  newsroom::App app;
  newsroom::add_routes(app);
  EXPECT_EQ(as_text(policy_matrix(app)),
            "POST /articles: admin=yes author=yes editor=yes chief=yes\n"
            "POST /articles/{id}/publish: admin=yes editor=yes chief=yes\n"
            "GET /desk: author=yes editor=yes chief=yes\n"
            "GET /drafts: admin=yes editor=yes chief=yes\n"
            "GET /users/{id}/letters: admin=yes user=own author=own editor=own chief=yes\n");
}
// [/test]

}  // namespace
