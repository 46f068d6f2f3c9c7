#include "command_line/clients.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string id;
};

using Change = Result<OAuthClient> (ClientAdministration::*)(const ClientId&, const Origin&, Instant);

ExitStatus perform(Invocation& invocation, const Arguments& arguments, Change change, std::string_view done) {
  return with_clients(invocation, [&](ClientAdministration& clients) -> Done {
    const auto id = ClientId::parse(arguments.id);
    if (!id) return failure(id.error());
    const auto changed = (clients.*change)(*id, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << done << ' ' << changed->id.text() << '\n';
    return {};
  });
}

ExitStatus run_disable(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &ClientAdministration::disable, "disabled");
}

ExitStatus run_enable(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &ClientAdministration::enable, "enabled");
}

Command add(Command client, const char* word, const char* meaning, const std::shared_ptr<Arguments>& arguments) {
  auto command = client.add_command(word, meaning);
  command.add_option("id", arguments->id, "The client's id").required();
  return command;
}

}  // namespace

void add_client_disable(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = add(client, "disable", "Refuse a client and its tokens until enabled again", arguments);
  when_named(command, invocation, arguments, run_disable);
}

void add_client_enable(Command client, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = add(client, "enable", "Let a disabled client in again", arguments);
  when_named(command, invocation, arguments, run_enable);
}

}  // namespace cardea::cli
