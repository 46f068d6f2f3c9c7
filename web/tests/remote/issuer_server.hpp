// A server on a free port of the loopback interface that answers every request with the bytes it was told, over TLS if
// it has a certificate.
#pragma once

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "remote/test_authority.hpp"

namespace cardea::web::testing {

enum class AfterTheAnswer : unsigned char {
  close,
  wait,       // says nothing more, until the client closes
  send_more,  // letters without an end, until the client closes
};

class IssuerServer {
 public:
  explicit IssuerServer(const std::optional<TestCertificate>& certificate = {})
      : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (certificate) tls_ = tls_with(*certificate);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 || ::getsockname(listener_, any, &size) != 0)
      throw std::runtime_error("no port");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  IssuerServer(const IssuerServer&) = delete;
  IssuerServer& operator=(const IssuerServer&) = delete;
  ~IssuerServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::string url(const std::string& host = "127.0.0.1") const {
    return (tls_ ? "https://" : "http://") + host + ':' + std::to_string(port_) + "/jwks.json";
  }

  void answer_with(std::string bytes, AfterTheAnswer then = AfterTheAnswer::close) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(bytes);
    then_ = then;
  }

  // The heads of the requests that came.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  void wait_until_asked() { asked_.wait(); }

 private:
  struct Release {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL* connection) const noexcept { SSL_free(connection); }
  };

  // A connection, with or without TLS.
  class Stream {
   public:
    Stream(int socket, SSL_CTX* tls) : socket_(socket) {
      const timeval ten_seconds{.tv_sec = 10, .tv_usec = 0};
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
      ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &ten_seconds, sizeof ten_seconds);
      if (tls == nullptr) return;
      tls_.reset(SSL_new(tls));
      SSL_set_fd(tls_.get(), socket_);
      is_open_ = SSL_accept(tls_.get()) == 1;
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() {
      if (tls_ && is_open_) SSL_shutdown(tls_.get());
      ::close(socket_);
    }

    bool is_open() const { return is_open_; }

    std::string read() {
      std::array<char, 4096> bytes{};
      const auto count =
          tls_ ? SSL_read(tls_.get(), bytes.data(), bytes.size()) : ::recv(socket_, bytes.data(), bytes.size(), 0);
      is_open_ = count > 0;
      return {bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
    }

    void write(std::string_view bytes) {
      while (!bytes.empty() && is_open_) {
        const auto count = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        is_open_ = count > 0;
        if (is_open_) bytes.remove_prefix(static_cast<std::size_t>(count));
      }
    }

   private:
    int socket_;
    bool is_open_ = true;
    std::unique_ptr<SSL, Release> tls_;
  };

  static std::unique_ptr<SSL_CTX, Release> tls_with(const TestCertificate& certificate) {
    std::unique_ptr<SSL_CTX, Release> tls(SSL_CTX_new(TLS_server_method()));
    if (SSL_CTX_use_certificate_file(tls.get(), certificate.certificate.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls.get(), certificate.key.c_str(), SSL_FILETYPE_PEM) != 1)
      throw std::runtime_error("unusable certificate");
    return tls;
  }

  void serve() {
    // What OpenSSL writes to a client that is gone.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    for (;;) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      Stream stream(socket, tls_.get());
      converse(stream);
    }
  }

  void converse(Stream& stream) {
    std::string request;
    while (stream.is_open() && !request.ends_with("\r\n\r\n")) request += stream.read();
    if (!stream.is_open()) return;
    std::unique_lock lock(mutex_);
    requests_.push_back(std::move(request));
    const auto [answer, then] = std::pair{answer_, then_};
    lock.unlock();
    stream.write(answer);
    if (!std::exchange(was_asked_, true)) asked_.count_down();
    const std::string more(65536, 'x');
    while (then != AfterTheAnswer::close && stream.is_open()) {
      if (then == AfterTheAnswer::send_more) stream.write(more);
      if (then == AfterTheAnswer::wait) stream.read();
    }
  }

  std::unique_ptr<SSL_CTX, Release> tls_;
  int listener_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::string answer_;
  AfterTheAnswer then_ = AfterTheAnswer::close;
  std::vector<std::string> requests_;
  bool was_asked_ = false;  // the thread's own
  std::latch asked_{1};
  std::jthread thread_;
};

}  // namespace cardea::web::testing
