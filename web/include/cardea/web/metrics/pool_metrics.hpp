// The metrics of a pool of threads for what blocks.
#pragma once

#include <cardea/core/metrics/metrics.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <memory>
#include <string>

namespace cardea::web {

// Has `metrics` read the pool for as long as it lives, with the label pool="name".
void add_pool_metrics(Metrics& metrics, const std::string& name, const std::shared_ptr<const BlockingPool>& pool);

}  // namespace cardea::web
