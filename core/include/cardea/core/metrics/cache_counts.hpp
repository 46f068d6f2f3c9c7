// How often a cache knew what it was asked for, and how often its source had to be asked.
#pragma once

#include <cardea/core/metrics/counter.hpp>

namespace cardea {

struct CacheCounts {
  Counter hits;
  Counter misses;
};

}  // namespace cardea
