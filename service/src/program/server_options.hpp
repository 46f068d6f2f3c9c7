// What the configuration asks of the server: where it listens and to whom, for how long, by which certificate.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/web/run/server_options.hpp>

namespace cardea::service {

// Takes over the sockets that systemd has passed, and reads the certificate. configuration_invalid names the option.
Result<web::ServerOptions> server_options_of(const Config& config);

}  // namespace cardea::service
