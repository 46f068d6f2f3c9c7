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
    auto name = Role::parse(arguments.name);
    if (!name) return failure(std::move(name).error());
    RoleDefinition role{*std::move(name), {}, {}};
    if (auto taken = take_options(role, arguments.permissions, arguments.includes); !taken) return taken;
    const auto added = administration.add(role, command_line_origin(), invocation.clock.now());
    if (!added) return failure(added.error());
    invocation.terminal.out() << "added the role " << arguments.name << '\n';
    return {};
  });
}

}  // namespace

void add_role_add(Command role, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = role.add_command("add", "Make a role");
  command.add_option("name", arguments->name, "What it is to be called").required();
  command.add_option("--permissions", arguments->permissions, "What it gives, such as \"posts:write mail:*\"");
  command.add_option("--includes", arguments->includes, "The roles whose permissions it gives, too");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
