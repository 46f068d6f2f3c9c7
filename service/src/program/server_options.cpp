#include "program/server_options.hpp"

#include <cardea/service/program/systemd_sockets.hpp>
#include <cardea/service/wiring/server_certificate.hpp>
#include <cardea/service/wiring/threads.hpp>

namespace cardea::service {
namespace {

// What is asked of proxies has to be said by somebody who is believed.
Done check_proxies(const Config& config) {
  if (config.client_address == web::ClientAddressSource::x_forwarded_for || !config.trusted_proxies.is_nobody())
    return {};
  return failure(ErrorCode::configuration_invalid,
                 PublicText{"client_address: nobody is believed; name the proxies in trusted_proxies"});
}

web::Deadlines deadlines_of(const Config& config) {
  web::Deadlines deadlines;
  deadlines.handshake = config.handshake;
  deadlines.head = config.request_head;
  deadlines.body = config.request_body;
  deadlines.handler = config.handler;
  deadlines.write = config.answer_write;
  deadlines.idle = config.keep_alive;
  return deadlines;
}

}  // namespace

Result<web::ServerOptions> server_options_of(const Config& config) {
  web::ServerOptions options;
  if (auto believed = check_proxies(config); !believed) return failure(std::move(believed).error());
  if (config.listen.systemd) {
    auto sockets = systemd_sockets(process_environment());
    if (!sockets) return failure(std::move(sockets).error());
    options.sockets = *std::move(sockets);
  }
  auto certificate = server_certificate_of(config);
  if (!certificate) return failure(std::move(certificate).error());
  options.certificate = *std::move(certificate);
  options.address = config.listen.host;
  options.port = config.listen.port;
  options.unix_socket = config.listen.unix_socket;
  options.io_threads = io_threads_of(config);
  options.trusted_proxies = config.trusted_proxies;
  options.client_address = config.client_address;
  options.caps = {.in_all = config.connections, .per_address = config.connections_per_address};
  options.deadlines = deadlines_of(config);
  return options;
}

}  // namespace cardea::service
