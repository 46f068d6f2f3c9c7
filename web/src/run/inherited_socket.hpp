// A socket that another program has opened for this one, as systemd does (sd_listen_fds(3)).
#pragma once

#include <cardea/core/base/result.hpp>

#include "run/stream.hpp"

namespace cardea::web {

// What kind of listening stream socket `descriptor` is, TCP or Unix; it is closed at an exec from then on. Error:
// configuration_invalid, with the reason alone.
Result<StreamProtocol> adopt_inherited(int descriptor);

}  // namespace cardea::web
