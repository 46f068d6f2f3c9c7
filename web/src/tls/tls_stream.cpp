#include "tls/tls_stream.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <limits>
#include <new>

#include "run/read_buffer.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr auto kAwaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kInput = 4 * 1024;  // holds most requests, and a client's part of a handshake

int size_for_openssl(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

bool is_worth_a_retry(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

// OpenSSL's own socket BIO raises SIGPIPE when the client has gone; send() with MSG_NOSIGNAL does not. What is waited
// for is read as in the clear, before OpenSSL asks: to wait for the socket alone would arm it anew each time. Only of
// more than that OpenSSL reads the rest itself, into a room as large as its record.
struct TlsStream::Below {
  int descriptor = -1;
  ReadBuffer input{};
  bool may_hold_more = false;

  void keep(std::string_view early) {
    input.reserve(early.size());
    early.copy(input.room().data(), early.size());
    input.received(early.size());
  }

  static Below& of(BIO* bio) { return *static_cast<Below*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* room, int size) {
    BIO_clear_retry_flags(bio);
    auto& self = of(bio);
    if (const auto unread = self.input.unread(); !unread.empty()) {
      const auto count = unread.copy(room, static_cast<std::size_t>(size));
      self.input.consume(count);
      return static_cast<int>(count);
    }
    const auto count = self.may_hold_more ? ::recv(self.descriptor, room, static_cast<std::size_t>(size), 0) : -1;
    if (count < 0 && (!self.may_hold_more || is_worth_a_retry(errno))) BIO_set_retry_read(bio);
    self.may_hold_more = count == size;
    return static_cast<int>(count);
  }

  static int write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::send(of(bio).descriptor, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (count < 0 && is_worth_a_retry(errno)) BIO_set_retry_write(bio);
    return static_cast<int>(count);
  }

  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static int created(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
  }

  static BIO_METHOD* method() {
    static BIO_METHOD* const made = [] {
      BIO_METHOD* fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "cardea socket");
      if (fresh == nullptr) throw std::bad_alloc{};
      BIO_meth_set_create(fresh, created);
      BIO_meth_set_read(fresh, read);
      BIO_meth_set_write(fresh, write);
      BIO_meth_set_ctrl(fresh, control);
      return fresh;
    }();
    return made;
  }
};

TlsStream::TlsStream(Stream& socket, std::shared_ptr<const TlsCertificate> certificate, std::string_view early)
    : socket_(socket),
      certificate_(std::move(certificate)),
      below_(std::make_unique<Below>(Below{.descriptor = socket.native_handle()})),
      ssl_(SSL_new(certificate_->native())) {
  BIO* bio = ssl_ == nullptr ? nullptr : BIO_new(Below::method());
  if (bio == nullptr) {
    SSL_free(ssl_);
    throw std::bad_alloc{};
  }
  below_->keep(early);
  BIO_set_data(bio, below_.get());
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_accept_state(ssl_);
}

TlsStream::~TlsStream() { SSL_free(ssl_); }

template <class Step>
Task<int> TlsStream::repeat(Step step) {
  for (;;) {
    ERR_clear_error();
    const int done = step();
    if (done > 0) co_return done;
    const int why = SSL_get_error(ssl_, done);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) break;
    if (!co_await wait_for(why)) break;
  }
  ERR_clear_error();
  co_return 0;
}

Task<bool> TlsStream::wait_for(int want) {
  if (want == SSL_ERROR_WANT_WRITE) {
    const auto [error] = co_await socket_.async_wait(Stream::wait_write, kAwaitable);
    co_return !error;
  }
  below_->input.reserve(kInput);
  const auto room = below_->input.room();
  const auto [error, count] = co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitable);
  below_->input.received(count);
  below_->may_hold_more = count == room.size();
  co_return !error;
}

Task<bool> TlsStream::shake_hands() {
  co_return co_await repeat([this] { return SSL_do_handshake(ssl_); }) > 0;
}

Task<TlsStream::Transferred> TlsStream::read_some(std::span<char> room) {
  const int count =
      co_await repeat([this, room] { return SSL_read(ssl_, room.data(), size_for_openssl(room.size())); });
  co_return Transferred{count > 0 ? boost::system::error_code{} : asio::error::eof, static_cast<std::size_t>(count)};
}

std::optional<std::size_t> TlsStream::write_some(std::string_view bytes) {
  ERR_clear_error();
  std::size_t taken = 0;
  while (taken < bytes.size()) {
    const auto rest = bytes.substr(taken);
    const int count = SSL_write(ssl_, rest.data(), size_for_openssl(rest.size()));
    if (count <= 0) {
      const int why = SSL_get_error(ssl_, count);
      if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return taken;
      ERR_clear_error();
      return std::nullopt;
    }
    taken += static_cast<std::size_t>(count);
  }
  return taken;
}

Task<TlsStream::Transferred> TlsStream::write(std::string_view first, std::string_view second) {
  std::size_t sent = 0;
  for (auto bytes : {first, second}) {
    while (!bytes.empty()) {
      const int count =
          co_await repeat([this, bytes] { return SSL_write(ssl_, bytes.data(), size_for_openssl(bytes.size())); });
      if (count <= 0) co_return Transferred{asio::error::broken_pipe, sent};
      bytes.remove_prefix(static_cast<std::size_t>(count));
      sent += static_cast<std::size_t>(count);
    }
  }
  co_return Transferred{boost::system::error_code{}, sent};
}

void TlsStream::say_goodbye() noexcept {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_) == 1) SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace cardea::web
