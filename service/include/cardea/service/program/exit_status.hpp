// How a program ends. Scripts rely on these numbers.
#pragma once

#include <cardea/core/base/error.hpp>

namespace cardea::service {

enum class ExitStatus : int {
  done = 0,
  refused = 1,      // understood, but not allowed, not valid or not found
  wrong_usage = 2,  // the command line, the configuration or a named file cannot be used
};

ExitStatus exit_status_of(ErrorCode code) noexcept;

}  // namespace cardea::service
