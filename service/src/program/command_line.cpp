#include <CLI/CLI.hpp>
#include <cardea/service/config/config_flags.hpp>
#include <cardea/service/program/command_line.hpp>
#include <cardea/service/program/complaint.hpp>
#include <iostream>

namespace cardea::service {

std::expected<Config, ExitStatus> read_command_line(const std::string& title, int argc, char** argv) {
  ConfigSources sources;
  sources.environment = process_environment();
  CLI::App program{title};
  add_config_flags(program, sources);
  add_command_flags(program, sources);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return std::unexpected{program.exit(error) == 0 ? ExitStatus::done : ExitStatus::wrong_usage};
  }
  auto loaded = load_config(sources);
  if (loaded) return std::move(loaded->config);
  complain(std::cerr, loaded.error());
  return std::unexpected{exit_status_of(loaded.error().code())};
}

}  // namespace cardea::service
