#include "command_line/accounts.hpp"
#include "command_line/new_password.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
};

Done set_password(Invocation& invocation, const Arguments& arguments, UserStore& users, const service::Config& config) {
  const auto user = user_named(arguments.name, users);
  if (!user) return failure(user.error());
  const auto hash = hash_of_new_password(invocation.terminal, user->username, config);
  if (!hash) return failure(hash.error());
  if (auto done = users.set_password_hash(user->id, *hash, invocation.clock.now()); !done) return done;
  invocation.terminal.out() << "set the password of " << user->username.text() << '\n';
  return {};
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) {
    return set_password(invocation, arguments, accounts.users(), config);
  });
}

}  // namespace

void add_user_set_password(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = *user.add_subcommand("set-password", "Give a user a new password, asked for or from standard input");
  command.add_option("name", arguments->name, "The user's name")->required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
