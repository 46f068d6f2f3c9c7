#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  invocation.terminal.out() << "cardea " CARDEA_VERSION "\n";
  return ExitStatus::done;
}

}  // namespace

void add_version(Command program, Invocation& invocation) {
  auto command = program.add_command("version", "Print the version");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
