// One connection's TLS, above its socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/tls/tls_certificate.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "run/stream.hpp"

struct ssl_st;  // OpenSSL's SSL

namespace cardea::web {

// What waits ends when the socket is cancelled or closed. The socket has to outlive it, and must not block.
class TlsStream {
 public:
  using Transferred = std::tuple<boost::system::error_code, std::size_t>;

  // `early`: what has been read from the socket already. Throws std::bad_alloc.
  TlsStream(Stream& socket, std::shared_ptr<const TlsCertificate> certificate, std::string_view early);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // False: it is not TLS, not one that both speak, or the client has gone.
  Task<bool> shake_hands();

  // 0 bytes at the stream's end and at an error.
  Task<Transferred> read_some(std::span<char> room);

  // As many bytes as are taken at once; none: the connection is broken. What was not taken has to be offered again.
  std::optional<std::size_t> write_some(std::string_view bytes);
  // All of both, unless there is an error.
  Task<Transferred> write(std::string_view first, std::string_view second);

  // Tells the client that nothing comes any more, if the socket takes that at once.
  void say_goodbye() noexcept;

 private:
  struct Below;  // what OpenSSL reads from and writes to

  // Calls `step` until it has done something, and gives what it says; at most 0 if the connection has come to its end.
  template <class Step>
  Task<int> repeat(Step step);
  // `want`: SSL_ERROR_WANT_READ, for bytes to have come, or SSL_ERROR_WANT_WRITE, for room. False if none will.
  Task<bool> wait_for(int want);

  Stream& socket_;
  std::shared_ptr<const TlsCertificate> certificate_;
  std::unique_ptr<Below> below_;
  ssl_st* ssl_;
};

}  // namespace cardea::web
