#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <limits>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::optional<std::string> state, role, search;
  std::string sort = "id";
  bool descending = false;
  std::optional<std::size_t> limit;
  bool json = false;
};

UserOrder order_of(const std::string& sort) {
  if (sort == "username") return UserOrder::username;
  return sort == "created" ? UserOrder::created_at : UserOrder::id;
}

std::optional<AccountState> state_of(const std::optional<std::string>& name) {
  const auto state = name ? parse_account_state(*name) : failure(ErrorCode::invalid_request);
  return state ? std::optional{*state} : std::nullopt;
}

Result<UserQuery> query_of(const Arguments& arguments) {
  UserQuery query{
      .state = state_of(arguments.state), .order = order_of(arguments.sort), .descending = arguments.descending};
  if (arguments.role) {
    auto role = Role::parse(*arguments.role);
    if (!role) return failure(std::move(role).error());
    query.role = *std::move(role);
  }
  if (arguments.search) {
    auto text = AccountPrefix::parse(*arguments.search);
    if (!text) return failure(std::move(text).error());
    query.text = *std::move(text);
  }
  return query;
}

Result<std::vector<UserRecord>> found(UserStore& users, UserQuery query, std::size_t limit, Instant now) {
  std::vector<UserRecord> all;
  do {
    query.limit = std::min(UserQuery::kMost, limit - all.size());
    auto page = users.search(query, now);
    if (!page) return failure(std::move(page).error());
    std::ranges::move(page->users, std::back_inserter(all));
    query.after = page->next;
  } while (query.after && all.size() < limit);
  return all;
}

std::string as_json(const std::vector<UserRecord>& records, Instant now) {
  boost::json::array array;
  for (const auto& record : records) array.push_back(json_of(record, now));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<UserRecord>& records, Instant now) {
  std::vector<Row> rows;
  for (const auto& record : records) rows.push_back(row_of(record.user, now));
  return table(heading_of_users(), rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto query = query_of(arguments);
    if (!query) return failure(query.error());
    const auto now = invocation.clock.now();
    const auto limit = arguments.limit.value_or(std::numeric_limits<std::size_t>::max());
    const auto records = found(accounts.users(), *query, limit, now);
    if (!records) return failure(records.error());
    invocation.terminal.out() << (arguments.json ? as_json(*records, now) : as_table(*records, now));
    return {};
  });
}

}  // namespace

void add_user_list(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command("list", "Print the users, deleted ones included");
  command.add_option("--search", arguments->search, "Whose name or e-mail address begins so").type_name("TEXT");
  command.add_option("--role", arguments->role, "Who have this role, be it the first or another").type_name("ROLE");
  command.add_option("--state", arguments->state, "active, disabled or deleted")
      .one_of({"active", "disabled", "deleted"});
  command.add_option("--sort", arguments->sort, "id, username or created")
      .one_of({"id", "username", "created"})
      .show_default();
  command.add_flag("--descending", arguments->descending, "The last ones first");
  command.add_option("--limit", arguments->limit, "How many at the most; all without").between(1, 1'000'000'000);
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
