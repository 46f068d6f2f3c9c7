#include "command_line/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cardea/service/config/config_flags.hpp>

#include "command_line/invocation.hpp"
#include "command_line/words_first.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

// CLI11 has a status of its own for each kind of mistake; here there is one for all of them.
ExitStatus explain(const CLI::App& program, const CLI::ParseError& error, Terminal& terminal) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    program.exit(error, terminal.out(), terminal.err());
    return ExitStatus::done;
  }
  terminal.err() << "error: " << error.what()
                 << "\nhint: `cardea --help`, or --help behind a command, shows what there is\n";
  return ExitStatus::wrong_usage;
}

}  // namespace

ExitStatus run_program(const std::vector<std::string>& arguments, service::Texts environment, const Clock& clock,
                       Terminal& terminal) {
  Invocation invocation{.terminal = terminal, .clock = clock, .sources = {}, .action = {}};
  invocation.sources.environment = std::move(environment);

  CLI::App program{"Cardea: login, tokens and roles for C++ services", "cardea"};
  program.require_subcommand(1)->fallthrough();
  service::add_config_flags(program, invocation.sources);
  add_commands(Command{program}, invocation);
  try {
    auto reversed = words_first(arguments, program);
    std::ranges::reverse(reversed);  // CLI11 takes them from the back
    program.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return explain(program, error, terminal);
  }
  return invocation.action();
}

}  // namespace cardea::cli
