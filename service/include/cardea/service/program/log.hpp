// The log of the process: one line for each event, as text or JSON, on standard error. A reader who does not read holds
// nothing up: what cannot be written is counted, and a line says so where it is missing.
#pragma once

#include <cardea/service/config/config.hpp>
#include <string>

namespace cardea::service {

// Sets the default logger up; everything that logs uses it.
void set_up_log(const Config& config);

// A line that is whole already, whatever the level is: audit events are never left out. Thread-safe.
void log_audit_line(const std::string& line);

}  // namespace cardea::service
