#include "command_line/roles.hpp"
#include "commands/commands.hpp"
#include "terminal/confirmation.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool yes = false;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  const auto is_sure = [&] {
    return is_confirmed(terminal,
                        {"Remove the role " + arguments.name + " from all who have it?",
                         "the role " + arguments.name + " was not removed", "--yes removes it without asking"});
  };
  if (!arguments.yes && !is_sure()) return ExitStatus::refused;
  return with_roles(invocation, [&](RoleAdministration& administration) -> Done {
    const auto name = known_role(arguments.name);
    if (!name) return failure(name.error());
    auto removed = administration.remove(*name, {}, command_line_origin(), invocation.clock.now());
    if (!removed) return removed;
    terminal.out() << "removed the role " << arguments.name << '\n';
    return {};
  });
}

}  // namespace

void add_role_remove(Command role, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = role.add_command("remove", "Remove a role; users who have it keep its name, which gives nothing");
  command.add_option("name", arguments->name, "The role's name").required();
  command.add_flag("--yes", arguments->yes, "Do not ask");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
