#include "command_line/clients.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string id;
  std::string scope;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_clients(invocation, [&](ClientAdministration& clients) -> Done {
    const auto id = ClientId::parse(arguments.id);
    if (!id) return failure(id.error());
    const auto scope = scope_given(arguments.scope);
    if (!scope) return failure(scope.error());
    const auto changed = clients.set_scopes(*id, *scope, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << "changed " << changed->id.text() << '\n';
    return {};
  });
}

}  // namespace

void add_client_set_scope(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = client.add_command("set-scope", "Change what a client may have at the most; its tokens follow");
  command.add_option("id", arguments->id, "The client's id").required();
  command.add_option("--scope", arguments->scope, R"(All of it, such as "orders:read orders:write"; "" is nothing)")
      .type_name("TEXT")
      .required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
