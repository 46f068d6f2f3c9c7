#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <cardea/web/run/server.hpp>
#include <deque>
#include <optional>
#include <ranges>
#include <thread>
#include <vector>

#include "run/inherited_socket.hpp"
#include "run/io_thread.hpp"
#include "run/unix_socket.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;
namespace ip = boost::asio::ip;

std::string printed(const ServerOptions& options) {
  if (!options.unix_socket.empty()) return "unix:" + options.unix_socket;
  const bool is_ipv6 = options.address.contains(':');
  return (is_ipv6 ? "[" + options.address + "]" : options.address) + ":" + std::to_string(options.port);
}

std::string reason_for(const boost::system::error_code& error) {
  if (error == asio::error::address_in_use)
    return "the port is in use; stop the other program, or choose another port (0 takes a free one)";
  if (error == asio::error::access_denied) return "not allowed; ports below 1024 belong to root; choose a higher one";
  if (error == boost::system::errc::address_not_available)
    return "the address is not one of this machine; 127.0.0.1 serves this machine only, 0.0.0.0 all networks";
  return error.message();
}

std::unexpected<Error> cannot_listen(const std::string& where, std::string_view reason) {
  return failure(ErrorCode::configuration_invalid,
                 PublicText{"cannot listen on " + where + ": " + std::string(reason)});
}

}  // namespace

class Server::Implementation {
 public:
  Implementation(ServerOptions options, Service& service, AccessLog* access_log)
      : options_(std::move(options)), census_(options_.caps) {
    const unsigned count =
        options_.io_threads != 0 ? options_.io_threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) threads_.emplace_back(options_, service, access_log, census_);
  }

  Done listen() {
    auto listening = !options_.sockets.empty()       ? listen_at_sockets()
                     : !options_.unix_socket.empty() ? listen_at_unix_socket()
                                                     : listen_at_address();
    if (listening) port_ = threads_.front().port();
    return listening;
  }

  std::uint16_t port() const noexcept { return port_; }

  void run() {
    std::vector<std::jthread> others;
    for (auto& thread : threads_ | std::views::drop(1)) others.emplace_back([&thread] { thread.run(); });
    threads_.front().run();
  }

  void stop() noexcept {
    for (auto& thread : threads_) thread.stop();
  }

  void use(const std::shared_ptr<const TlsCertificate>& certificate) {
    for (auto& thread : threads_) thread.use(certificate);
  }

 private:
  Done listen_at_sockets() {
    for (const int descriptor : options_.sockets) {
      const auto where = "the socket " + std::to_string(descriptor);
      const auto protocol = adopt_inherited(descriptor);
      if (!protocol) return cannot_listen(where, protocol.error().public_text());
      if (auto all = share_among_threads(descriptor, *protocol, where); !all) return all;
    }
    return {};
  }

  Done listen_at_unix_socket() {
    auto socket = UnixSocket::listen(options_.unix_socket);
    if (!socket) return cannot_listen(printed(options_), socket.error().public_text());
    unix_socket_.emplace(*std::move(socket));
    auto shared = share_among_threads(unix_socket_->descriptor(), StreamProtocol(AF_UNIX, 0), printed(options_));
    unix_socket_->close();
    return shared;
  }

  Done share_among_threads(int descriptor, const StreamProtocol& protocol, const std::string& where) {
    for (auto& thread : threads_) {
      if (const auto error = thread.listen_at(descriptor, protocol)) return cannot_listen(where, error.message());
    }
    return {};
  }

  // Each thread has a socket of its own, so that the system spreads the clients over them.
  Done listen_at_address() {
    boost::system::error_code error;
    const auto address = ip::make_address(options_.address == "localhost" ? "127.0.0.1" : options_.address, error);
    if (error) return cannot_listen(printed(options_), "this is no IP address; write 127.0.0.1, 0.0.0.0, ::1 or ::");
    ip::tcp::endpoint endpoint(address, options_.port);
    const bool shared = threads_.size() > 1;
    if (shared && options_.port != 0) error = probe(endpoint);
    if (error) return cannot_listen(printed(options_), reason_for(error));
    for (auto& thread : threads_) {
      error = thread.listen(endpoint, shared);
      if (error) return cannot_listen(printed(options_), reason_for(error));
      endpoint.port(thread.port());
    }
    return {};
  }

  // With SO_REUSEPORT a second server of the same user would not notice the first; without, it does.
  static boost::system::error_code probe(const ip::tcp::endpoint& endpoint) {
    asio::io_context context;
    ip::tcp::acceptor acceptor(context);
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(ip::tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    return error;
  }

  const ServerOptions options_;
  ConnectionCensus census_;
  std::optional<UnixSocket> unix_socket_;
  std::deque<IoThread> threads_;
  std::uint16_t port_ = 0;
};

Server::Server(ServerOptions options, Service& service, AccessLog* access_log)
    : implementation_(std::make_unique<Implementation>(std::move(options), service, access_log)) {}
Server::~Server() = default;

Done Server::listen() { return implementation_->listen(); }
std::uint16_t Server::port() const noexcept { return implementation_->port(); }
void Server::run() { implementation_->run(); }
void Server::stop() noexcept { implementation_->stop(); }
void Server::use(const std::shared_ptr<const TlsCertificate>& certificate) { implementation_->use(certificate); }

}  // namespace cardea::web
