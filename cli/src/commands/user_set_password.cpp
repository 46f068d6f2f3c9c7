#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
};

// Asks for the password only when there is somebody to have it.
Done set_password(Invocation& invocation, const Arguments& arguments, AccountAdministration& administration,
                  UserStore& users) {
  const auto user = user_named(arguments.name, users);
  if (!user) return failure(user.error());
  const auto password = invocation.terminal.read_new_password("New password for " + arguments.name);
  if (!password) return failure(password.error());
  auto changed =
      administration.change_password(user->username, *password, command_line_origin(), invocation.clock.now());
  if (changed) invocation.terminal.out() << "set the password of " << arguments.name << '\n';
  return changed;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore& users) {
    return set_password(invocation, arguments, administration, users);
  });
}

}  // namespace

void add_user_set_password(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("set-password", "Give a user a new password, asked for or from standard input");
  command.add_option("name", arguments->name, "The user's name").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
