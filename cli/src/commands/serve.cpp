#include <cardea/service/config/config_flags.hpp>
#include <cardea/service/program/serve.hpp>

#include "commands/commands.hpp"
#include "commands/ready_server.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  auto& terminal = invocation.terminal;
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  const auto app = ready_server(loaded->config.metrics);
  const auto served = service::serve(*app, loaded->config, terminal.err());
  return served ? ExitStatus::done : terminal.refuse(served.error());
}

}  // namespace

void add_serve(Command program, Invocation& invocation) {
  auto command = program.add_command("serve", "Start the server");
  service::add_command_flags(command.cli11(), invocation.sources);
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
