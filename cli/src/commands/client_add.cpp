#include <boost/json/serialize.hpp>

#include "command_line/clients.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string scope;
  bool is_public = false;
  bool json = false;
};

void show(Terminal& terminal, const IssuedClient& issued, bool as_json) {
  if (as_json) {
    terminal.out() << boost::json::serialize(json_of(issued)) << '\n';
    return;
  }
  terminal.out() << "added " << issued.client.id.text() << " (" << name_of(issued.client.kind) << ")\n";
  show_secret(terminal, issued);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_clients(invocation, [&](ClientAdministration& clients) -> Done {
    const auto name = ClientName::parse(arguments.name);
    if (!name) return failure(name.error());
    const auto scope = scope_given(arguments.scope);
    if (!scope) return failure(scope.error());
    const auto kind = arguments.is_public ? ClientKind::public_client : ClientKind::confidential_client;
    const auto issued = clients.add(*name, kind, *scope, command_line_origin(), invocation.clock.now());
    if (!issued) return failure(issued.error());
    show(invocation.terminal, *issued, arguments.json);
    return {};
  });
}

}  // namespace

void add_client_add(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = client.add_command("add", "Add an OAuth client; prints its secret, which is never shown again");
  command.add_option("name", arguments->name, "What people call it").required();
  command.add_option("--scope", arguments->scope, "The most it may have, such as \"orders:read orders:write\"")
      .type_name("TEXT");
  command.add_flag("--public", arguments->is_public, "It cannot keep a secret, and gets none");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
