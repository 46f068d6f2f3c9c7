#include <cardea/service/program/core_dumps.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace cardea::service {

void disable_core_dumps() noexcept {
  constexpr rlimit kNone{0, 0};
  ::setrlimit(RLIMIT_CORE, &kNone);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace cardea::service
