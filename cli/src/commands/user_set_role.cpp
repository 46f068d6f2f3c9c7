#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string role;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto role = Role::parse(arguments.role);
    if (!role) return failure(role.error());
    const auto changed = administration.change_role(*username, *role, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << "the role of " << arguments.name << " is " << changed->role.name() << '\n';
    return {};
  });
}

}  // namespace

void add_user_set_role(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("set-role", "Give a user one role in the place of all that there were");
  command.add_option("name", arguments->name, "The user's name").required();
  command.add_option("role", arguments->role, "The role").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
