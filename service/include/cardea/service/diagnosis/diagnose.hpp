// What `cardea doctor` looks at: whether this configuration and its database can serve, and safely. Nothing is changed:
// no file is made, no row written, no migration applied.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/service/config/load_config.hpp>
#include <cardea/service/diagnosis/finding.hpp>

namespace cardea::service {

// In the order in which they build upon each other: what a problem hides is not looked at.
Findings diagnose(const ConfigSources& sources, Instant now);

}  // namespace cardea::service
