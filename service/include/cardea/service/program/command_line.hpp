// The options of `cardea serve`, for a program of one's own: by its flags, the environment and a file.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/service/program/exit_status.hpp>
#include <expected>
#include <string>

namespace cardea::service {

// Where there is nothing to serve, the status that main returns: `done` after --help. What is wrong stands on standard
// error then. `title` is the program's, for its help.
std::expected<Config, ExitStatus> read_command_line(const std::string& title, int argc, char** argv);

}  // namespace cardea::service
