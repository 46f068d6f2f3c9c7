// The options as flags of a command line.
#pragma once

#include <cardea/service/config/load_config.hpp>

namespace CLI {
class App;
}

namespace cardea::service {

// Gives `program` --config and a flag for every plain option. What is typed goes to `sources`, which has to outlive the
// parsing.
void add_config_flags(CLI::App& program, ConfigSources& sources);

// --demo and what belongs to it: for the command that starts the server.
void add_command_flags(CLI::App& command, ConfigSources& sources);

}  // namespace cardea::service
