#include <boost/json/serialize.hpp>

#include "command_line/roles.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_roles(invocation, [&](RoleAdministration& administration) -> Done {
    const auto name = known_role(arguments.name);
    if (!name) return failure(name.error());
    const auto role = administration.find(*name);
    if (!role) return failure(role.error());
    auto& out = invocation.terminal.out();
    if (arguments.json) {
      out << boost::json::serialize(json_of(*role)) << '\n';
    } else {
      out << table(heading_of_roles(), {row_of(*role)});
    }
    return {};
  });
}

}  // namespace

void add_role_show(Command role, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = role.add_command("show", "Print one role");
  command.add_option("name", arguments->name, "The role's name").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
