#include <boost/json/serialize.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

std::string email_of(const UserRecord& record) { return record.email ? std::string(record.email->text()) : "-"; }

std::string as_table(const UserRecord& record, Instant now) {
  auto heading = heading_of_users();
  auto row = row_of(record.user, now);
  heading.emplace_back("E-MAIL");
  row.push_back(email_of(record));
  return table(heading, {std::move(row)});
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto user = user_named(arguments.name, accounts.users());
    if (!user) return failure(user.error());
    const auto record = accounts.users().find_record(user->id);
    if (!record) return failure(record.error());
    if (!*record) return failure(ErrorCode::account_not_found);
    const auto now = invocation.clock.now();
    auto& out = invocation.terminal.out();
    if (arguments.json) {
      auto json = json_of(**record, now);
      json["version"] = (*record)->version;
      out << boost::json::serialize(json) << '\n';
    } else {
      out << as_table(**record, now);
    }
    return {};
  });
}

}  // namespace

void add_user_show(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("show", "Print one user");
  command.add_option("name", arguments->name, "The user's name").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
