// The HTTP/1.1 server: one event loop and one listening socket per I/O thread, drives a Service.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/run/server_options.hpp>
#include <cstdint>
#include <memory>

namespace cardea::web {

class AccessLog;
class Service;
class TlsCertificate;

class Server {
 public:
  // Service and log (null for none) have to outlive the server.
  Server(ServerOptions options, Service& service, AccessLog* access_log = nullptr);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens; connections are accepted once run() is called. Error: configuration_invalid, with a sentence for
  // the person who started the server (the address is in use, not one of this machine, not an address at all; a socket
  // that was handed over does not listen).
  [[nodiscard]] Done listen();

  // The port that listen() bound; 0 for a Unix socket.
  std::uint16_t port() const noexcept;

  // Serves on this thread and the other I/O threads until stop() has been carried out. Call listen() first.
  void run();

  // Begins the graceful end, from any thread, once or often, before run() too: no new connections, idle ones are
  // closed, requests in flight are answered, after ServerOptions::drain the rest is cut. Not for signal handlers: see
  // StopOnSignal.
  void stop() noexcept;

  // In the place of ServerOptions::certificate, which has to be there: for new connections, from any thread.
  void use(const std::shared_ptr<const TlsCertificate>& certificate);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cardea::web
