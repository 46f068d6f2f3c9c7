#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kPage = 200;

struct Arguments {
  bool json = false;
};

Result<std::vector<User>> all_of(UserStore& users) {
  std::vector<User> all;
  std::optional<UserId> after;
  do {
    auto page = users.list(after, kPage);
    if (!page) return failure(std::move(page).error());
    std::ranges::move(page->users, std::back_inserter(all));
    after = page->next;
  } while (after);
  return all;
}

std::string as_json(const std::vector<User>& users, Instant now) {
  boost::json::array array;
  for (const auto& user : users) array.push_back(json_of(user, now));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<User>& users, Instant now) {
  std::vector<Row> rows;
  for (const auto& user : users) rows.push_back(row_of(user, now));
  return table(heading_of_users(), rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto users = all_of(accounts.users());
    if (!users) return failure(users.error());
    const auto now = invocation.clock.now();
    invocation.terminal.out() << (arguments.json ? as_json(*users, now) : as_table(*users, now));
    return {};
  });
}

}  // namespace

void add_user_list(CLI::App& user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto& command = *user.add_subcommand("list", "Print every user, deleted ones included");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
