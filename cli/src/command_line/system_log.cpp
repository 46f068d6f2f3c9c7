#include "command_line/system_log.hpp"

#include <syslog.h>

namespace cardea::cli {

void write_to_system_log(const std::string& line) {
  ::openlog("cardea", LOG_PID, LOG_AUTHPRIV);
  ::syslog(LOG_NOTICE, "%s", line.c_str());
  ::closelog();
}

}  // namespace cardea::cli
