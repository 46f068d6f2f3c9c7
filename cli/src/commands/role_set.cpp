#include "command_line/roles.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::optional<std::string> permissions, includes;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_roles(invocation, [&](RoleAdministration& administration) -> Done {
    const auto name = known_role(arguments.name);
    if (!name) return failure(name.error());
    const auto found = administration.find(*name);
    if (!found) return failure(found.error());
    auto role = found->stored.definition;
    if (auto taken = take_options(role, arguments.permissions, arguments.includes); !taken) return taken;
    const auto changed =
        administration.change(role, found->stored.version, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << "changed the role " << arguments.name << '\n';
    return {};
  });
}

}  // namespace

void add_role_set(Command role, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = role.add_command("set", "Change what a role gives; its holders follow at once");
  command.add_option("name", arguments->name, "The role's name").required();
  auto options = command.add_needed_options("what it gives");
  options.add_option("--permissions", arguments->permissions, "All of its own permissions; \"\" is none");
  options.add_option("--includes", arguments->includes, "All roles that it includes; \"\" is none");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
