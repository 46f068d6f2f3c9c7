// The program from its arguments to its exit status.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/service/config/load_config.hpp>
#include <string>
#include <vector>

#include "terminal/terminal.hpp"

namespace cardea::cli {

// `arguments` without the program's own name.
ExitStatus run_program(const std::vector<std::string>& arguments, service::Texts environment, const Clock& clock,
                       Terminal& terminal);

}  // namespace cardea::cli
