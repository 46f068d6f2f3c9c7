// Who may call what: each route of an application against each role that its catalogue declares, made from the types
// that enforce it. Kept as a file, it shows what a change does to the whole policy.
#pragma once

#include <cardea/web/app.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

enum class Access : unsigned char {
  no,
  own,     // what the path names by the caller's own id
  client,  // by the id and secret of an OAuth client
  yes
};

std::string_view name_of(Access access) noexcept;  // "-", "own", "client", "yes"

struct PolicyMatrix {
  struct Row {
    std::string method;
    std::string pattern;
    Access without_token = Access::no;
    std::vector<Access> of_roles;  // as `roles` are ordered; of a user who has that role alone
  };

  std::vector<std::string> roles;
  std::vector<Row> rows;  // by pattern and method
};

// An application without a catalogue has the role admin, which may everything. What a route's own code refuses, such as
// to give away what the caller does not have, is not in it.
PolicyMatrix policy_matrix(const App& app);

}  // namespace cardea::web
