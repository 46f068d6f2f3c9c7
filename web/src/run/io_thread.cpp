#include "run/io_thread.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <vector>

#include "run/response_text.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;
namespace ip = boost::asio::ip;
using namespace std::chrono_literals;

constexpr auto kAwaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPauseWithoutDescriptors{50};
constexpr std::chrono::milliseconds kIntervalWhileDraining{10};

// Deadlines need no more than a quarter of the shortest of them in precision.
std::chrono::milliseconds look_interval_for(const Deadlines& deadlines) {
  const auto shortest =
      std::min({deadlines.head, deadlines.body, deadlines.handler, deadlines.write, deadlines.idle, deadlines.linger});
  return std::clamp(shortest / 4, 1ms, 250ms);
}

// An IPv4 client of an IPv6 socket is an IPv4 client.
ip::address plain(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

}  // namespace

IoThread::IoThread(const ServerOptions& options, Service& service, AccessLog* access_log, ConnectionCensus& census)
    : share_{.options = options, .service = service, .access_log = access_log, .counts = service.server_counts()},
      census_(census),
      look_interval_(look_interval_for(options.deadlines)) {}

IoThread::~IoThread() = default;

boost::system::error_code IoThread::listen(const ip::tcp::endpoint& endpoint, bool shared) {
  boost::system::error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(Acceptor::reuse_address(true), error);
  if (!error && shared) acceptor_.set_option(ReusePort(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(Acceptor::max_listen_connections, error);
  return error;
}

ip::tcp::endpoint IoThread::endpoint() const { return acceptor_.local_endpoint(); }

void IoThread::run() {
  asio::co_spawn(context_, [this]() { return accept_connections(); }, asio::detached);
  context_.run();
}

void IoThread::stop() {
  asio::post(context_, [this] { begin_to_drain(); });
}

Task<void> IoThread::accept_connections() {
  while (!share_.draining) {
    Stream stream(context_);
    ip::tcp::endpoint peer;
    const auto [error] = co_await acceptor_.async_accept(stream, peer, kAwaitable);
    if (share_.draining) break;
    if (!error) {
      admit(std::move(stream), plain(peer.address()));
    } else if (error != asio::error::connection_aborted) {
      // Out of descriptors or memory, most likely: those who wait in the backlog can wait a little longer.
      if (share_.counts != nullptr) share_.counts->accept_failures.add();
      pause_.expires_after(kPauseWithoutDescriptors);
      static_cast<void>(co_await pause_.async_wait(kAwaitable));
    }
  }
}

// A client that there is no memory for is lost; those after it are not.
void IoThread::admit(Stream stream, const ip::address& peer) try {
  boost::system::error_code ignored;
  stream.set_option(ip::tcp::no_delay(true), ignored);
  stream.non_blocking(true, ignored);
  auto place = census_.enter(peer);
  if (!place) return turn_away(std::move(stream), peer.to_string());
  auto connection = std::make_shared<Connection>(std::move(stream), peer.to_string(), std::move(*place), share_);
  connections_.push_back(*connection);
  connection->start();
  if (!looking_) look_at_deadlines();
} catch (const std::exception& exception) {
  spdlog::error("a connection could not be served: {}", exception.what());
}

// Whatever the socket takes at once: a surplus client gets no memory and no time.
void IoThread::turn_away(Stream stream, std::string peer_address) {
  if (share_.counts != nullptr) share_.counts->connections_refused.add();
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
  text.append(response.body);
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
  acceptor_.close(ignored);
  pause_.cancel();
  for (auto& connection : connections_) connection.drain();
  look_interval_ = std::min(look_interval_, kIntervalWhileDraining);
  if (looking_) look_at_deadlines();
}

// Goes on as long as there are connections.
void IoThread::look_at_deadlines() {
  looking_ = true;
  next_look_.expires_after(look_interval_);
  next_look_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    const auto now = std::chrono::steady_clock::now();
    expire_what_is_due(now);
    looking_ = !connections_.empty();
    if (share_.draining && now >= drained_by_) return context_.stop();
    if (looking_) look_at_deadlines();
  });
}

void IoThread::expire_what_is_due(std::chrono::steady_clock::time_point now) {
  std::vector<std::shared_ptr<Connection>> due;
  for (auto& connection : connections_) {
    if (connection.is_due(now)) due.push_back(connection.shared_from_this());
  }
  for (const auto& connection : due) connection->expire();
}

}  // namespace cardea::web
