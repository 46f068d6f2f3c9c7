#include <CLI/CLI.hpp>
#include <cardea/service/config/config_flags.hpp>
#include <cardea/service/program/complaint.hpp>
#include <cardea/service/program/exit_status.hpp>
#include <cardea/service/program/run.hpp>
#include <cardea/service/program/serve.hpp>
#include <iostream>

namespace cardea::service {
namespace {

ExitStatus complained(const Error& error) {
  complain(std::cerr, error);
  return exit_status_of(error.code());
}

ExitStatus parse_and_serve(web::App& app, int argc, char** argv) {
  ConfigSources sources;
  sources.environment = process_environment();
  CLI::App program{app.introduction().title};
  add_config_flags(program, sources);
  add_command_flags(program, sources);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? ExitStatus::done : ExitStatus::wrong_usage;
  }
  const auto loaded = load_config(sources);
  if (!loaded) return complained(loaded.error());
  const auto served = serve(app, loaded->config, std::cerr);
  return served ? ExitStatus::done : complained(served.error());
}

}  // namespace

int run(web::App& app, int argc, char** argv) {
  try {
    return static_cast<int>(parse_and_serve(app, argc, argv));
  } catch (const std::exception& failure) {
    std::cerr << "error: " << failure.what() << '\n';
    return static_cast<int>(ExitStatus::refused);
  }
}

}  // namespace cardea::service
