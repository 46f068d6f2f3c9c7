#include "base/sodium_ready.hpp"

#include <sodium.h>

#include <stdexcept>

namespace cardea {

void make_sodium_ready() {
  static const int ready = sodium_init();
  if (ready < 0) throw std::runtime_error("the system has no random bytes");
}

}  // namespace cardea
