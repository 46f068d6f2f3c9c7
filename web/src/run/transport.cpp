#include "run/transport.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr auto kAwaitable = asio::as_tuple(asio::use_awaitable);

}  // namespace

Task<bool> Transport::shake_hands(std::shared_ptr<const TlsCertificate> certificate, std::string_view early) {
  tls_ = std::make_unique<TlsStream>(socket_, std::move(certificate), early);
  return tls_->shake_hands();
}

// None of these is a coroutine of its own: in the clear a read costs what Asio's costs.
Task<Transport::Transferred> Transport::read_some(std::span<char> room) {
  if (tls_) return tls_->read_some(room);
  return socket_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitable);
}

Task<Transport::Transferred> Transport::discard_some(std::span<char> room) {
  return socket_.async_receive(asio::buffer(room.data(), room.size()), MSG_TRUNC, kAwaitable);
}

Task<Transport::Transferred> Transport::write(std::string_view head, std::string_view body) {
  if (tls_) return tls_->write(head, body);
  return asio::async_write(socket_, std::array{asio::buffer(head), asio::buffer(body)}, kAwaitable);
}

Transport::Unsent Transport::write_some(std::string_view head, std::string_view body) {
  if (tls_) {
    const auto of_head = tls_->write_some(head);
    if (!of_head || *of_head < head.size()) return {head.substr(of_head.value_or(0)), body, !of_head};
    const auto of_body = tls_->write_some(body);
    return {{}, body.substr(of_body.value_or(0)), !of_body};
  }
  const std::array buffers{asio::buffer(head), asio::buffer(body)};
  boost::system::error_code error;
  const std::size_t sent = body.empty() ? socket_.write_some(buffers[0], error) : socket_.write_some(buffers, error);
  const std::string_view rest_of_head = head.substr(std::min(sent, head.size()));
  const std::string_view rest_of_body = body.substr(sent - (head.size() - rest_of_head.size()));
  return {rest_of_head, rest_of_body, error && error != asio::error::would_block};
}

bool Transport::end_writing() noexcept {
  if (tls_) tls_->say_goodbye();
  boost::system::error_code error;
  socket_.shutdown(Stream::shutdown_send, error);
  return !error;
}

void Transport::cancel() noexcept {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Transport::close() noexcept {
  if (tls_ && socket_.is_open()) tls_->say_goodbye();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Transport::cut() noexcept {
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace cardea::web
