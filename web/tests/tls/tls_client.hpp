// A client by OpenSSL. No call waits longer than ten seconds.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "remote/test_authority.hpp"
#include "run/raw_client.hpp"

namespace cardea::web::testing {

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, Free>;

struct TlsClientOptions {
  int version = 0;         // TLS1_2_VERSION; 0: the best that both have
  std::string alpn{};      // "\x08http/1.1"; empty: none is offered
  SSL_SESSION* session{};  // to be resumed
  const char* ciphers{};   // of TLS 1.2
  std::string before{};    // sent in the clear before the handshake
};

class TlsClient {
 public:
  TlsClient(std::uint16_t port, const TestAuthority& authority, const TlsClientOptions& options = {})
      : socket_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_load_verify_locations(context_.get(), authority.certificate().c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (options.version != 0) {
      SSL_CTX_set_security_level(context_.get(), 0);  // so that this client would speak what is too old
      SSL_CTX_set_min_proto_version(context_.get(), options.version);
      SSL_CTX_set_max_proto_version(context_.get(), options.version);
    }
    if (options.ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), options.ciphers);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set1_host(ssl_.get(), "localhost");
    const auto* protocols = reinterpret_cast<const unsigned char*>(options.alpn.data());
    if (!options.alpn.empty()) SSL_set_alpn_protos(ssl_.get(), protocols, static_cast<unsigned>(options.alpn.size()));
    if (options.session != nullptr) SSL_set_session(ssl_.get(), options.session);
    socket_.send(options.before);
    SSL_set_fd(ssl_.get(), socket_.descriptor());
    is_open_ = SSL_connect(ssl_.get()) == 1;
  }

  bool is_open() const { return is_open_; }
  std::string version() const { return SSL_get_version(ssl_.get()); }
  bool was_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  std::string serial() const {
    const auto* number = X509_get0_serialNumber(SSL_get0_peer_certificate(ssl_.get()));
    return {reinterpret_cast<const char*>(number->data), static_cast<std::size_t>(number->length)};
  }
  // With TLS 1.3 there is one only after something has been read.
  Session session() const { return Session{SSL_get1_session(ssl_.get())}; }

  bool send(std::string_view bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
  }
  // At least so many bytes, unless the stream ends first.
  std::string receive(std::size_t size) {
    std::string received;
    std::array<char, 16384> bytes{};
    while (received.size() < size) {
      const int count = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
      if (count <= 0) break;
      received.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return received;
  }
  std::string exchange(std::string_view bytes) {
    send(bytes);
    return receive(1);
  }
  // Whether the server has said that its stream is over, and not just gone away.
  bool was_told_goodbye() {
    receive(std::string::npos);
    return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }
  bool renegotiate() { return SSL_renegotiate(ssl_.get()) == 1 && SSL_do_handshake(ssl_.get()) == 1; }
  bool change_keys() { return SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_REQUESTED) == 1; }

 private:
  RawClient socket_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  bool is_open_ = false;
};

}  // namespace cardea::web::testing
