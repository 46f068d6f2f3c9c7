#include <functional>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"
#include "terminal/confirmation.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string until;
  bool yes = false;
};

using Change = std::function<Result<User>(AccountAdministration&, const Username&, const Origin&, Instant)>;

ExitStatus perform(Invocation& invocation, const Arguments& arguments, const Change& change, std::string_view done) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto changed = change(administration, *username, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << done << ' ' << changed->username.text() << '\n';
    return {};
  });
}

Result<Instant> end_given(const std::string& text) {
  auto end = parse_instant(text);
  if (end) return end;
  return failure(ErrorCode::configuration_invalid, PublicText{"--until: " + std::string(end.error().public_text())});
}

ExitStatus disable_until(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto end = end_given(arguments.until);
    if (!end) return failure(end.error());
    const auto changed = administration.disable_until(*username, *end, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << "disabled " << arguments.name << " until " << to_rfc3339(*end) << '\n';
    return {};
  });
}

ExitStatus run_disable(Invocation& invocation, const Arguments& arguments) {
  if (!arguments.until.empty()) return disable_until(invocation, arguments);
  return perform(invocation, arguments, &AccountAdministration::disable, "disabled");
}

ExitStatus run_enable(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &AccountAdministration::enable, "enabled");
}

ExitStatus run_restore(Invocation& invocation, const Arguments& arguments) {
  const auto status = perform(invocation, arguments, &AccountAdministration::restore, "restored");
  if (status == ExitStatus::done) {
    invocation.terminal.err()
        << "note: there is no password; `cardea user set-password` or `cardea user reset-password` "
           "lets "
        << arguments.name << " in\n";
  }
  return status;
}

ExitStatus run_delete(Invocation& invocation, const Arguments& arguments) {
  const auto is_sure = [&] {
    return is_confirmed(invocation.terminal,
                        {"Delete " + arguments.name + ", with e-mail address, password and API keys?",
                         arguments.name + " was not deleted", "--yes deletes without asking"});
  };
  if (!arguments.yes && !is_sure()) return ExitStatus::refused;
  const auto change = [](AccountAdministration& administration, const Username& username, const Origin& origin,
                         Instant now) { return administration.delete_account(username, origin, now); };
  return perform(invocation, arguments, change, "deleted");
}

Command add(Command user, const char* word, const char* meaning, const std::shared_ptr<Arguments>& arguments) {
  auto command = user.add_command(word, meaning);
  command.add_option("name", arguments->name, "The user's name").required();
  return command;
}

}  // namespace

void add_user_disable(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = add(user, "disable", "Refuse a user's logins and tokens until enabled again", arguments);
  command.add_option("--until", arguments->until, "Let the user in again from then on, such as 2026-01-31T12:00:00Z")
      .type_name("TIME");
  when_named(command, invocation, arguments, run_disable);
}

void add_user_enable(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = add(user, "enable", "Let a disabled user in again", arguments);
  when_named(command, invocation, arguments, run_enable);
}

void add_user_delete(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command =
      add(user, "delete", "Delete a user and erase what is personal; the name is never given again", arguments);
  command.add_flag("--yes", arguments->yes, "Do not ask");
  when_named(command, invocation, arguments, run_delete);
}

void add_user_restore(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = add(user, "restore", "Give a deleted user the account back, without what was erased", arguments);
  when_named(command, invocation, arguments, run_restore);
}

}  // namespace cardea::cli
