#include "run/io_thread.hpp"

#include <fcntl.h>
#include <sched.h>
#include <spdlog/spdlog.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cardea/core/base/thread_number.hpp>
#include <cerrno>
#include <exception>
#include <memory>
#include <new>
#include <thread>
#include <vector>

#include "run/address.hpp"
#include "run/response_text.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;
namespace ip = boost::asio::ip;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kPauseWithoutDescriptors{50};
constexpr std::chrono::milliseconds kPauseWithoutMemory{1};
constexpr std::chrono::milliseconds kIntervalWhileDraining{10};

// Deadlines need no more than a quarter of the shortest of them in precision.
std::chrono::milliseconds look_interval_for(const Deadlines& deadlines) {
  const auto shortest =
      std::min({deadlines.head, deadlines.body, deadlines.handler, deadlines.write, deadlines.idle, deadlines.linger});
  return std::clamp(shortest / 4, 1ms, 250ms);
}

constexpr std::chrono::nanoseconds kSlice = 100us;  // the shortest that Linux gives

// The kernel's sched_attr, as it was first (sched_setattr(2)); headers have it in one version of glibc or the other.
struct SchedulingAttributes {
  std::uint32_t size;
  std::uint32_t policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime;  // ns
  std::uint64_t deadline;
  std::uint64_t period;
};

// Whoever asks for little at a time gets it soon: from Linux 6.12 a thread that wakes up with a shorter slice than the
// one that runs, such as one that hashes, does not wait for the end of that one's. Best effort: elsewhere it changes
// nothing.
void ask_for_short_slices() {
  SchedulingAttributes attributes{};
  if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return;
  if (attributes.policy != SCHED_OTHER) return;
  attributes.runtime = kSlice.count();
  static_cast<void>(::syscall(SYS_sched_setattr, 0, &attributes, 0));
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

}  // namespace

IoThread::IoThread(const ServerOptions& options, Service& service, AccessLog* access_log, ConnectionCensus& census)
    : share_{.options = options,
             .service = service,
             .access_log = access_log,
             .counts = service.server_counts(),
             .certificate = options.certificate},
      census_(census),
      look_interval_(look_interval_for(options.deadlines)) {}

IoThread::~IoThread() = default;

boost::system::error_code IoThread::listen(const ip::tcp::endpoint& endpoint, bool shared) {
  boost::system::error_code error;
  auto& acceptor = listeners_.emplace_back(context_).acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(Acceptor::reuse_address(true), error);
  if (!error && shared) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(Acceptor::max_listen_connections, error);
  return error;
}

boost::system::error_code IoThread::listen_at(int descriptor, const StreamProtocol& protocol) {
  const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return {errno, boost::system::system_category()};
  boost::system::error_code error;
  listeners_.emplace_back(context_).acceptor.assign(protocol, own, error);
  if (error) ::close(own);
  return error;
}

std::uint16_t IoThread::port() const {
  boost::system::error_code error;
  return port_of(listeners_.front().acceptor.local_endpoint(error));
}

void IoThread::run() {
  thread_number();  // a small one, before the threads of pools ask: what is kept by thread is this one's alone then
  ask_for_short_slices();
  while (!context_.stopped()) {
    try {
      serve();
    } catch (const std::bad_alloc&) {
      spdlog::error("an I/O thread found no memory for something, and goes on");
      std::this_thread::sleep_for(kPauseWithoutMemory);
      if (!share_.draining) context_.restart();  // it has stopped if what was lost was all it had to do
    }
  }
}

// Begins with what has been lost to a lack of memory: a thread must not be deaf, nor forget the deadlines.
void IoThread::serve() {
  for (auto& listener : listeners_) {
    if (!listener.is_served) accept_at(listener);
  }
  if (!looking_ && !connections_.empty()) look_at_deadlines();
  context_.run();
}

// One, and then the next.
void IoThread::accept_at(Listener& listener) {
  listener.is_served = false;  // if there is no memory for it
  if (share_.draining) return;
  listener.acceptor.async_accept(listener.peer,
                                 [this, &listener](const boost::system::error_code& error, Stream stream) {
                                   listener.is_served = false;
                                   if (share_.draining) return;
                                   if (!error) admit(std::move(stream), Peer::at(listener.peer));
                                   if (!error || error == asio::error::connection_aborted) return accept_at(listener);
                                   // Out of descriptors or memory, most likely: those who wait in the backlog can wait
                                   // a little longer.
                                   if (share_.counts != nullptr) share_.counts->accept_failures.add();
                                   accept_later_at(listener);
                                 });
  listener.is_served = true;
}

void IoThread::accept_later_at(Listener& listener) {
  listener.pause.expires_after(kPauseWithoutDescriptors);
  listener.pause.async_wait([this, &listener](const boost::system::error_code&) { accept_at(listener); });
  listener.is_served = true;
}

void IoThread::stop() {
  asio::post(context_, [this] { begin_to_drain(); });
}

void IoThread::use(std::shared_ptr<const TlsCertificate> certificate) {
  asio::post(context_,
             [this, certificate = std::move(certificate)]() mutable { share_.certificate = std::move(certificate); });
}

// A client that there is no memory for is lost; those after it are not.
void IoThread::admit(Stream stream, const Peer& peer) try {
  boost::system::error_code ignored;
  if (peer.address) stream.set_option(ip::tcp::no_delay(true), ignored);
  stream.non_blocking(true, ignored);
  const bool is_proxy = is_trusted_proxy(peer);
  auto place = census_.enter(is_proxy ? std::nullopt : peer.address);
  if (!place) return turn_away(std::move(stream), peer.text());
  auto connection = std::make_shared<Connection>(std::move(stream), peer.text(), is_proxy, std::move(*place), share_);
  connections_.push_back(*connection);
  connection->start();
  if (!looking_) look_at_deadlines();
} catch (const std::exception& exception) {
  spdlog::error("a connection could not be served: {}", exception.what());
}

bool IoThread::is_trusted_proxy(const Peer& peer) const noexcept {
  const auto& proxies = share_.options.trusted_proxies;
  return peer.address ? proxies.contains(bytes_of(*peer.address)) : proxies.contains_unix_sockets();
}

// Whatever the socket takes at once: a surplus client gets no memory and no time.
void IoThread::turn_away(Stream stream, std::string peer_address) {
  if (share_.counts != nullptr) share_.counts->connections_refused.add();
  if (share_.certificate) return;  // a word in the clear would be no word of TLS
  Request nothing_known;
  nothing_known.peer_address = std::move(peer_address);
  nothing_known.request_id = share_.request_ids.next();
  const Error error =
      Error{ErrorCode::service_unavailable, PrivateText{"a cap on connections is reached"}}.with_retry_after(1s);
  const Response response = share_.service.refuse(error, nothing_known);
  std::string text;
  append_head(
      text, response,
      {.date = share_.date.at(std::time(nullptr)), .request_id = nothing_known.request_id, .keep_alive = false});
  text.append(response.content());
  boost::system::error_code ignored;
  stream.write_some(asio::buffer(text), ignored);
  stream.shutdown(Stream::shutdown_send, ignored);
  std::array<char, 4096> unread{};
  stream.read_some(asio::buffer(unread), ignored);
}

void IoThread::begin_to_drain() {
  if (share_.draining) return;
  share_.draining = true;
  drained_by_ = std::chrono::steady_clock::now() + share_.options.drain;
  boost::system::error_code ignored;
  for (auto& listener : listeners_) {
    listener.acceptor.close(ignored);
    listener.pause.cancel();
  }
  for (auto& connection : connections_) connection.drain();
  look_interval_ = std::min(look_interval_, kIntervalWhileDraining);
  if (looking_) look_at_deadlines();
}

// Goes on as long as there are connections.
void IoThread::look_at_deadlines() {
  looking_ = false;  // if there is no memory for it
  next_look_.expires_after(look_interval_);
  next_look_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    looking_ = false;
    const auto now = std::chrono::steady_clock::now();
    expire_what_is_due(now);
    if (share_.draining && now >= drained_by_) return context_.stop();
    if (!connections_.empty()) look_at_deadlines();
  });
  looking_ = true;
}

void IoThread::expire_what_is_due(std::chrono::steady_clock::time_point now) {
  std::vector<std::shared_ptr<Connection>> due;
  for (auto& connection : connections_) {
    if (connection.is_due(now)) due.push_back(connection.shared_from_this());
  }
  for (const auto& connection : due) connection->expire();
}

}  // namespace cardea::web
