// What one I/O thread runs: its event loop, its listening sockets and the connections that came in there.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <list>

#include "run/connection.hpp"
#include "run/connection_census.hpp"
#include "run/peer.hpp"

namespace cardea::web {

class IoThread {
 public:
  using Acceptor = boost::asio::basic_socket_acceptor<StreamProtocol, boost::asio::io_context::executor_type>;

  IoThread(const ServerOptions& options, Service& service, AccessLog* access_log, ConnectionCensus& census);
  ~IoThread();

  // Binds and listens. With `shared` the other I/O threads of this process may bind the same endpoint.
  boost::system::error_code listen(const boost::asio::ip::tcp::endpoint& endpoint, bool shared);
  // Accepts at a listening socket that stays another's.
  boost::system::error_code listen_at(int descriptor, const StreamProtocol& protocol);
  // Of the first socket; 0 if it is not one of TCP.
  std::uint16_t port() const;

  // Until stop() has been carried out. What finds no memory is lost, the thread goes on.
  void run();
  // From any thread.
  void stop();
  // From any thread: for the handshakes from then on.
  void use(std::shared_ptr<const TlsCertificate> certificate);

 private:
  using Connections = boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>>;
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>,
                                        boost::asio::io_context::executor_type>;

  struct Listener {
    explicit Listener(boost::asio::io_context& context) : acceptor(context), pause(context) {}

    Acceptor acceptor;
    Timer pause;                      // where nobody can be accepted
    StreamProtocol::endpoint peer{};  // of the last one
    bool is_served = false;           // it accepts, or will after the pause
  };

  void serve();
  void accept_at(Listener& listener);
  void accept_later_at(Listener& listener);
  void admit(Stream stream, const Peer& peer);
  bool is_trusted_proxy(const Peer& peer) const noexcept;
  void turn_away(Stream stream, std::string peer_address);
  void begin_to_drain();
  void look_at_deadlines();
  void expire_what_is_due(std::chrono::steady_clock::time_point now);

  ThreadShare share_;  // outlives the connections, which the context ends
  // Only this thread touches the sockets, others only post to the loop: no lock around each socket.
  boost::asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  ConnectionCensus& census_;
  std::list<Listener> listeners_;
  Timer next_look_{context_};
  std::chrono::milliseconds look_interval_;
  bool looking_ = false;
  std::chrono::steady_clock::time_point drained_by_{};
  Connections connections_;
};

}  // namespace cardea::web
