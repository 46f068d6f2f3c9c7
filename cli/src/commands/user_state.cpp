#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

std::string_view done_to(AccountState state) {
  switch (state) {
    case AccountState::active: return "enabled";
    case AccountState::disabled: return "disabled";
    case AccountState::deleted: return "deleted";
  }
  std::unreachable();
}

struct Arguments {
  std::string name;
  bool yes = false;
};

Done set_state(Invocation& invocation, const Arguments& arguments, UserStore& users, AccountState state) {
  const auto user = user_named(arguments.name, users);
  if (!user) return failure(user.error());
  const auto changed = users.set_state(user->id, state, invocation.clock.now());
  if (!changed) return failure(changed.error());
  invocation.terminal.out() << done_to(state) << ' ' << changed->username.text() << '\n';
  return {};
}

template <AccountState state>
ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) {
    return set_state(invocation, arguments, accounts.users(), state);
  });
}

ExitStatus run_delete(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  if (!arguments.yes && !terminal.confirms("Delete " + arguments.name + " for ever?")) {
    terminal.err() << "error: " << arguments.name << " was not deleted\nhint: --yes deletes without asking\n";
    return ExitStatus::refused;
  }
  return run<AccountState::deleted>(invocation, arguments);
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
  when_named(command, invocation, arguments, run<AccountState::disabled>);
}

void add_user_enable(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = add(user, "enable", "Let a disabled user in again", arguments);
  when_named(command, invocation, arguments, run<AccountState::active>);
}

void add_user_delete(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = add(user, "delete", "Delete a user for ever; the name is never given again", arguments);
  command.add_flag("--yes", arguments->yes, "Do not ask");
  when_named(command, invocation, arguments, run_delete);
}

}  // namespace cardea::cli
