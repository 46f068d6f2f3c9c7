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

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr auto kAwaitable = asio::as_tuple(asio::use_awaitable);

int size_for_openssl(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

bool is_worth_a_retry(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

// OpenSSL's own socket BIO raises SIGPIPE when the client has gone; send() with MSG_NOSIGNAL does not.
struct TlsStream::Below {
  int descriptor = -1;
  std::string early;
  std::size_t early_used = 0;

  static Below& of(BIO* bio) { return *static_cast<Below*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* room, int size) {
    BIO_clear_retry_flags(bio);
    auto& self = of(bio);
    if (self.early_used < self.early.size()) {
      const auto count = self.early.copy(room, static_cast<std::size_t>(size), self.early_used);
      self.early_used += count;
      return static_cast<int>(count);
    }
    const auto count = ::recv(self.descriptor, room, static_cast<std::size_t>(size), 0);
    if (count < 0 && is_worth_a_retry(errno)) BIO_set_retry_read(bio);
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

TlsStream::TlsStream(Stream& socket, std::shared_ptr<const TlsCertificate> certificate, std::string early)
    : socket_(socket),
      certificate_(std::move(certificate)),
      below_(std::make_unique<Below>(Below{socket.native_handle(), std::move(early)})),
      ssl_(SSL_new(certificate_->native())) {
  BIO* bio = ssl_ == nullptr ? nullptr : BIO_new(Below::method());
  if (bio == nullptr) {
    SSL_free(ssl_);
    throw std::bad_alloc{};
  }
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
    const auto wait = why == SSL_ERROR_WANT_READ ? Stream::wait_read : Stream::wait_write;
    const auto [error] = co_await socket_.async_wait(wait, kAwaitable);
    if (error) break;
  }
  ERR_clear_error();
  co_return 0;
}

Task<bool> TlsStream::shake_hands() {
  co_return co_await repeat([this] { return SSL_do_handshake(ssl_); }) > 0;
}

Task<std::size_t> TlsStream::read_some(std::span<char> room) {
  const int count =
      co_await repeat([this, room] { return SSL_read(ssl_, room.data(), size_for_openssl(room.size())); });
  co_return static_cast<std::size_t>(count);
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

Task<bool> TlsStream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const int count =
        co_await repeat([this, bytes] { return SSL_write(ssl_, bytes.data(), size_for_openssl(bytes.size())); });
    if (count <= 0) co_return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  co_return true;
}

void TlsStream::say_goodbye() noexcept {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_) == 1) SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace cardea::web
