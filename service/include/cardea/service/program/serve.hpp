// Serving an application as a configuration says.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/web/app.hpp>
#include <iosfwd>

namespace cardea::service {

// Opens the backend, provides it to `app`, tells a person on `err` and systemd that it listens, and serves until
// SIGTERM or SIGINT; requests in flight are answered then. SIGHUP reads the certificate again. Requests are logged to
// standard output, everything else to standard error. Switches core dumps of the process off, since its memory holds
// keys and passwords, and ignores SIGPIPE and SIGXFSZ: a write that fails must not end it.
//
// Errors: those of Backend::open, web::Server::listen and server_certificate_of; configuration_invalid for a demo that
// others could reach. Throws std::logic_error if a route uses something that nobody provides.
Done serve(web::App& app, const Config& config, std::ostream& err);

}  // namespace cardea::service
