#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string email;
};

// No address for an empty text.
Result<std::optional<EmailAddress>> address_given(const std::string& text) {
  if (text.empty()) return std::optional<EmailAddress>{};
  auto address = EmailAddress::parse(text);
  if (!address) return failure(std::move(address).error());
  return *std::move(address);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto address = address_given(arguments.email);
    if (!address) return failure(address.error());
    const auto changed = administration.set_email(*username, *address, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << (*address ? "set" : "removed") << " the e-mail address of " << arguments.name << '\n';
    return {};
  });
}

}  // namespace

void add_user_set_email(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("set-email", "Give a user an e-mail address, or none");
  command.add_option("name", arguments->name, "The user's name").required();
  command.add_option("address", arguments->email, "The address; \"\" removes it").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
