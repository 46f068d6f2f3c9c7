#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/web/openapi/document.hpp>

#include "commands/commands.hpp"
#include "commands/ready_server.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
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

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  const auto policies = web::route_policies(*ready_server());
  invocation.terminal.out() << (arguments.json ? as_json(policies) : as_table(policies));
  return ExitStatus::done;
}

}  // namespace

void add_routes(CLI::App& program, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = *program.add_subcommand("routes", "Print every route and what its handler's type requires");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
