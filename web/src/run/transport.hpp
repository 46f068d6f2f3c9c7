// What the bytes of one connection go through: its socket, in the clear or by TLS.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cardea/web/http/service.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>

#include "run/stream.hpp"
#include "tls/tls_stream.hpp"

namespace cardea::web {

// What waits ends when the transport is cancelled or closed.
class Transport {
 public:
  using Transferred = std::tuple<boost::system::error_code, std::size_t>;

  // The socket must not block.
  explicit Transport(Stream socket) : socket_(std::move(socket)) {}

  Stream::executor_type get_executor() noexcept { return socket_.get_executor(); }

  // Speaks TLS from now on, and gives whether the client does. `early`: what has been read already. Throws
  // std::bad_alloc.
  Task<bool> shake_hands(std::shared_ptr<const TlsCertificate> certificate, std::string_view early);

  // 0 bytes at the end and at an error.
  Task<Transferred> read_some(std::span<char> room);
  // The same for what nobody looks at, which by TCP is not even copied (MSG_TRUNC in tcp(7)): what `room` holds then is
  // anything. Nothing can be read any more.
  Task<Transferred> discard_some(std::span<char> room);

  // What of an answer is still to be sent. Nothing may be sent any more if it is broken.
  struct Unsent {
    std::string_view head;
    std::string_view body;
    bool is_broken = false;

    bool is_nothing() const noexcept { return head.empty() && body.empty(); }
  };
  // What is not taken at once.
  Unsent write_some(std::string_view head, std::string_view body);
  // All of it, unless there is an error.
  Task<Transferred> write(std::string_view head, std::string_view body);

  // Tells the client that nothing comes any more; false if the connection has gone.
  bool end_writing() noexcept;
  void cancel() noexcept;
  void close() noexcept;
  // What the system still holds for the client is dropped.
  void cut() noexcept;

 private:
  Stream socket_;
  std::unique_ptr<TlsStream> tls_;  // none: in the clear
};

}  // namespace cardea::web
