// A log that nobody reads any more, or a limit on the size of files, fails the one write and not the process.
#pragma once

namespace cardea::service {

// SIGPIPE and SIGXFSZ, of which each would end the process: EPIPE and EFBIG say the same.
void ignore_write_signals() noexcept;

}  // namespace cardea::service
