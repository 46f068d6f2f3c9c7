#include <boost/json/serialize.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

void show(Terminal& terminal, const PasswordReset& reset, bool as_json) {
  const auto end = to_rfc3339(reset.expires_at);
  if (as_json) {
    const boost::json::object json{{"code", reset.code.expose()}, {"expires_at", end}};
    terminal.out() << boost::json::serialize(json) << '\n';
    return;
  }
  terminal.out() << "code: " << reset.code.expose() << '\n';
  terminal.err() << "note: POST /auth/password-reset takes it once, until " << end
                 << "; it is shown this once, only its digest is kept\n";
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto reset = administration.start_password_reset(*username, command_line_origin(), invocation.clock.now());
    if (!reset) return failure(reset.error());
    show(invocation.terminal, *reset, arguments.json);
    return {};
  });
}

}  // namespace

void add_user_reset_password(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command =
      user.add_command("reset-password", "Print a code that lets a user set a new password within 15 minutes");
  command.add_option("name", arguments->name, "The user's name").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
