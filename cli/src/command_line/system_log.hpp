// Where the command line's audit events go: the system's log of security matters, as other programs that change
// accounts do.
#pragma once

#include <string>

namespace cardea::cli {

// One line, to syslog's authpriv. Nothing happens where no such log runs.
void write_to_system_log(const std::string& line);

}  // namespace cardea::cli
