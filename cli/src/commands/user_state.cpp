#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool yes = false;
};

using Change = Result<User> (AccountAdministration::*)(const Username&, const Origin&, Instant);

ExitStatus perform(Invocation& invocation, const Arguments& arguments, Change change, std::string_view done) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto changed = (administration.*change)(*username, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << done << ' ' << changed->username.text() << '\n';
    return {};
  });
}

ExitStatus run_disable(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &AccountAdministration::disable, "disabled");
}

ExitStatus run_enable(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &AccountAdministration::enable, "enabled");
}

ExitStatus run_delete(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  if (!arguments.yes && !terminal.confirms("Delete " + arguments.name + " for ever?")) {
    terminal.err() << "error: " << arguments.name << " was not deleted\nhint: --yes deletes without asking\n";
    return ExitStatus::refused;
  }
  return perform(invocation, arguments, &AccountAdministration::delete_account, "deleted");
}

CLI::App& add(CLI::App& user, const char* word, const char* meaning, const std::shared_ptr<Arguments>& arguments) {
  auto& command = *user.add_subcommand(word, meaning);
  command.add_option("name", arguments->name, "The user's name")->required();
  return command;
}

}  // namespace

void add_user_disable(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = add(user, "disable", "Refuse a user's logins and tokens until enabled again", arguments);
  when_named(command, invocation, arguments, run_disable);
}

void add_user_enable(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = add(user, "enable", "Let a disabled user in again", arguments);
  when_named(command, invocation, arguments, run_enable);
}

void add_user_delete(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = add(user, "delete", "Delete a user for ever; the name is never given again", arguments);
  command.add_flag("--yes", arguments->yes, "Do not ask");
  when_named(command, invocation, arguments, run_delete);
}

}  // namespace cardea::cli
