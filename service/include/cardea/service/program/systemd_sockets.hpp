// The sockets that systemd has opened for a service: a .socket unit, sd_listen_fds(3).
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/service/config/load_config.hpp>
#include <vector>

namespace cardea::service {

// Descriptors, by $LISTEN_PID and $LISTEN_FDS. Error: configuration_invalid, if there are none for this process.
Result<std::vector<int>> systemd_sockets(const Texts& environment);

}  // namespace cardea::service
