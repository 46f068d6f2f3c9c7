// The metrics of the process that every client library of Prometheus has: its start, processor time, memory and file
// descriptors, as Linux tells them.
#pragma once

#include <cardea/core/metrics/metrics.hpp>

namespace cardea {

// Once for each Metrics.
void add_process_metrics(Metrics& metrics);

}  // namespace cardea
