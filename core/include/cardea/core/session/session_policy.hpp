// How long a session lives.
#pragma once

#include <chrono>

namespace cardea {

struct SessionPolicy {
  // After the last refresh, and after the login whatever is refreshed.
  std::chrono::seconds idle = std::chrono::days{14};
  std::chrono::seconds absolute = std::chrono::days{90};
  // For so long a refresh token that has been exchanged already is answered once more: a reply may have been lost, and
  // two tabs may have asked at once. Later it is a theft.
  std::chrono::seconds grace{10};
};

}  // namespace cardea
