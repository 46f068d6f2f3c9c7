#include <boost/json/serialize.hpp>

#include "command_line/clients.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string id;
  bool json = false;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_clients(invocation, [&](const ClientAdministration& clients) -> Done {
    const auto id = ClientId::parse(arguments.id);
    if (!id) return failure(id.error());
    const auto client = clients.find(*id);
    if (!client) return failure(client.error());
    auto& out = invocation.terminal.out();
    if (arguments.json) {
      out << boost::json::serialize(json_of(*client)) << '\n';
    } else {
      out << table(heading_of_clients(), {row_of(*client)});
    }
    return {};
  });
}

}  // namespace

void add_client_show(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = client.add_command("show", "Print one OAuth client");
  command.add_option("id", arguments->id, "The client's id").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
