// Whether people may make accounts of their own.
#pragma once

namespace cardea::service {

struct Registration {
  bool is_open = false;
};

}  // namespace cardea::service
