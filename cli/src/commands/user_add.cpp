#include <boost/json/serialize.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string role = "user";
  std::optional<std::string> email;
  bool no_password = false;
  bool json = false;
};

Result<std::optional<EmailAddress>> email_given(const std::optional<std::string>& text) {
  if (!text) return std::optional<EmailAddress>{};
  auto address = EmailAddress::parse(*text);
  if (!address) return failure(std::move(address).error());
  return *std::move(address);
}

// Asks for the password only when the rest is well.
Result<User> add(Invocation& invocation, const Arguments& arguments, AccountAdministration& administration,
                 UserStore& users) {
  const auto username = Username::parse(arguments.name);
  if (!username) return failure(username.error());
  const auto role = Role::parse(arguments.role);
  if (!role) return failure(role.error());
  const auto email = email_given(arguments.email);
  if (!email) return failure(email.error());
  const auto taken = users.find(*username);
  if (!taken) return failure(taken.error());
  if (*taken) return failure(ErrorCode::username_taken);
  const auto now = invocation.clock.now();
  if (arguments.no_password) {
    return administration.create_without_password(*username, *role, command_line_origin(), now, *email);
  }
  const auto password = invocation.terminal.read_new_password("Password for " + arguments.name);
  if (!password) return failure(password.error());
  return administration.create(*username, *role, *password, command_line_origin(), now, *email);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore& users) -> Done {
    const auto user = add(invocation, arguments, administration, users);
    if (!user) return failure(user.error());
    auto& out = invocation.terminal.out();
    if (arguments.json) {
      out << boost::json::serialize(json_of(*user, invocation.clock.now())) << '\n';
    } else {
      out << "added " << user->username.text() << " (id " << user->id.value << ", role " << user->role.name() << ")\n";
    }
    return {};
  });
}

}  // namespace

void add_user_add(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("add", "Add a user; the password is asked for, or read from standard input");
  command.add_option("name", arguments->name, "The name to log in with").required();
  command.add_option("--role", arguments->role, "The user's role").type_name("ROLE").show_default();
  command.add_option("--email", arguments->email, "The user's e-mail address").type_name("ADDRESS");
  command.add_flag("--no-password", arguments->no_password,
                   "Ask for none: `user reset-password` lets the user set one");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
