#include <boost/json/serialize.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto user = user_named(arguments.name, accounts.users());
    if (!user) return failure(user.error());
    auto& out = invocation.terminal.out();
    if (arguments.json) {
      out << boost::json::serialize(json_of(*user)) << '\n';
    } else {
      out << table(heading_of_users(), {row_of(*user)});
    }
    return {};
  });
}

}  // namespace

void add_user_show(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = *user.add_subcommand("show", "Print one user");
  command.add_option("name", arguments->name, "The user's name")->required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
