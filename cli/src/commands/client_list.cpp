#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "command_line/clients.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kPage = 200;

struct Arguments {
  bool json = false;
};

Result<std::vector<OAuthClient>> all_of(const ClientAdministration& clients) {
  std::vector<OAuthClient> all;
  std::optional<ClientId> after;
  do {
    auto page = clients.list(after, kPage);
    if (!page) return failure(std::move(page).error());
    std::ranges::move(page->clients, std::back_inserter(all));
    after = page->next;
  } while (after);
  return all;
}

std::string as_json(const std::vector<OAuthClient>& clients) {
  boost::json::array array;
  for (const auto& client : clients) array.push_back(json_of(client));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<OAuthClient>& clients) {
  std::vector<Row> rows;
  for (const auto& client : clients) rows.push_back(row_of(client));
  return table(heading_of_clients(), rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_clients(invocation, [&](const ClientAdministration& administration) -> Done {
    const auto clients = all_of(administration);
    if (!clients) return failure(clients.error());
    invocation.terminal.out() << (arguments.json ? as_json(*clients) : as_table(*clients));
    return {};
  });
}

}  // namespace

void add_client_list(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = client.add_command("list", "Print every OAuth client, disabled ones included");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
