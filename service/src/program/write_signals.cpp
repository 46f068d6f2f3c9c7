#include <cardea/service/program/write_signals.hpp>

#include <csignal>

namespace cardea::service {

void ignore_write_signals() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace cardea::service
