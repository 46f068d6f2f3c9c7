#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/web/openapi/document.hpp>
#include <cardea/web/openapi/policy_matrix.hpp>

#include "commands/commands.hpp"
#include "commands/ready_server.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
  bool roles = false;
};

std::string joined(const std::vector<std::string>& requirements) {
  std::string text;
  for (const auto& requirement : requirements) text.append(text.empty() ? "" : ", ").append(requirement);
  return text;
}

std::string as_json(const std::vector<web::RoutePolicy>& policies) {
  boost::json::array routes;
  for (const auto& policy : policies) {
    boost::json::array requirements(policy.requirements.begin(), policy.requirements.end());
    routes.push_back(boost::json::object{{"method", policy.method},
                                         {"path", policy.pattern},
                                         {"requires", std::move(requirements)},
                                         {"summary", policy.summary}});
  }
  return boost::json::serialize(routes) + '\n';
}

std::string as_table(const std::vector<web::RoutePolicy>& policies) {
  std::vector<Row> rows;
  for (const auto& policy : policies) {
    rows.push_back({policy.method, policy.pattern, joined(policy.requirements), policy.summary});
  }
  return table({"METHOD", "PATH", "REQUIRES", "SUMMARY"}, rows);
}

std::string as_json(const web::PolicyMatrix& matrix) {
  boost::json::array routes;
  for (const auto& row : matrix.rows) {
    boost::json::object access{{"no token", name_of(row.without_token)}};
    for (std::size_t i = 0; i < matrix.roles.size(); ++i) access[matrix.roles[i]] = name_of(row.of_roles[i]);
    routes.push_back(boost::json::object{{"method", row.method}, {"path", row.pattern}, {"access", std::move(access)}});
  }
  return boost::json::serialize(routes) + '\n';
}

std::string as_table(const web::PolicyMatrix& matrix) {
  Row heading{"METHOD", "PATH", "NO TOKEN"};
  std::ranges::copy(matrix.roles, std::back_inserter(heading));
  std::vector<Row> rows;
  for (const auto& route : matrix.rows) {
    Row row{route.method, route.pattern, std::string(name_of(route.without_token))};
    for (const auto access : route.of_roles) row.emplace_back(name_of(access));
    rows.push_back(std::move(row));
  }
  return table(heading, rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  if (arguments.roles) {
    const auto matrix = web::policy_matrix(*ready_server());
    invocation.terminal.out() << (arguments.json ? as_json(matrix) : as_table(matrix));
    return ExitStatus::done;
  }
  const auto policies = web::route_policies(*ready_server());
  invocation.terminal.out() << (arguments.json ? as_json(policies) : as_table(policies));
  return ExitStatus::done;
}

}  // namespace

void add_routes(Command program, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.add_command("routes", "Print every route and what its handler's type requires");
  command.add_flag("--roles", arguments->roles, "Each route against each role: whom it lets in");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
