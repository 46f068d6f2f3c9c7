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
  return with_clients(invocation, [&](ClientAdministration& clients) -> Done {
    const auto id = ClientId::parse(arguments.id);
    if (!id) return failure(id.error());
    const auto issued = clients.rotate_secret(*id, command_line_origin(), invocation.clock.now());
    if (!issued) return failure(issued.error());
    if (arguments.json) {
      invocation.terminal.out() << boost::json::serialize(json_of(*issued)) << '\n';
    } else {
      show_secret(invocation.terminal, *issued);
    }
    return {};
  });
}

}  // namespace

void add_client_rotate_secret(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = client.add_command("rotate-secret", "Give a client a new secret; the old one stops at once");
  command.add_option("id", arguments->id, "The client's id").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
