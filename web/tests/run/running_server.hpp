// A server on a free port of the loopback interface, running until the end of the test.
#pragma once

#include <cardea/web/run/server.hpp>
#include <stdexcept>
#include <thread>

namespace cardea::web::testing {

class RunningServer {
 public:
  explicit RunningServer(Service& service, ServerOptions options = {}, AccessLog* log = nullptr)
      : server_(on_a_free_port(std::move(options)), service, log) {
    if (const Done listening = server_.listen(); !listening)
      throw std::runtime_error(std::string(listening.error().public_text()));
    thread_ = std::jthread([this] { server_.run(); });
  }
  ~RunningServer() { stop(); }

  std::uint16_t port() const { return server_.port(); }
  void begin_to_stop() { server_.stop(); }
  void use(const std::shared_ptr<const TlsCertificate>& certificate) { server_.use(certificate); }
  // Returns when the server has ended.
  void wait_for_end() {
    if (thread_.joinable()) thread_.join();
  }
  void stop() {
    begin_to_stop();
    wait_for_end();
  }

 private:
  static ServerOptions on_a_free_port(ServerOptions options) {
    options.port = 0;
    if (options.io_threads == 0) options.io_threads = 1;
    return options;
  }

  Server server_;
  std::jthread thread_;
};

}  // namespace cardea::web::testing
