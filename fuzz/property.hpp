// What a fuzzer says of the code for every input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace cardea::fuzz {

// Aborts, in every kind of build, when the property does not hold.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

}  // namespace cardea::fuzz
