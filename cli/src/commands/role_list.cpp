#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "command_line/roles.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
};

std::string as_json(const std::vector<KnownRole>& roles) {
  boost::json::array array;
  for (const auto& role : roles) array.push_back(json_of(role));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<KnownRole>& roles) {
  std::vector<Row> rows;
  for (const auto& role : roles) rows.push_back(row_of(role));
  return table(heading_of_roles(), rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_roles(invocation, [&](RoleAdministration& administration) -> Done {
    const auto roles = administration.list();
    if (!roles) return failure(roles.error());
    auto& terminal = invocation.terminal;
    terminal.out() << (arguments.json ? as_json(*roles) : as_table(*roles));
    for (const auto& complaint : administration.complaints()) terminal.err() << "note: " << complaint << '\n';
    return {};
  });
}

}  // namespace

void add_role_list(Command role, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = role.add_command("list", "Print every role and what it gives, the ready server's own first");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
