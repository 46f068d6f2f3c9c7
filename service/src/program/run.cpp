#include <cardea/service/program/command_line.hpp>
#include <cardea/service/program/complaint.hpp>
#include <cardea/service/program/run.hpp>
#include <cardea/service/program/serve.hpp>
#include <iostream>

namespace cardea::service {
namespace {

ExitStatus parse_and_serve(web::App& app, int argc, char** argv) {
  const auto config = read_command_line(app.introduction().title, argc, argv);
  if (!config) return config.error();
  const auto served = serve(app, *config, std::cerr);
  if (served) return ExitStatus::done;
  complain(std::cerr, served.error());
  return exit_status_of(served.error().code());
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
