// What was configured: where it came from, and what of it is not safe.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/service/config/load_config.hpp>
#include <cardea/service/diagnosis/finding.hpp>

namespace cardea::service {

Finding check_sources(const LoadedConfig& loaded, const ConfigSources& sources);
Finding check_listen(const Config& config);
// TLS is configured.
Finding check_certificate(const Config& config, Instant now);
// The issuer that others hold tokens against.
Finding check_issuer(const Config& config);
// The configuration has a jwt_secret.
Finding check_secret(const Config& config);

}  // namespace cardea::service
