// A server's certificate with its key, for TLS 1.2 and 1.3 (RFC 5246, RFC 8446).
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace cardea::web {

// Thread-safe. Sessions are resumed by tickets, under keys that go with the object: no state of a client is kept.
class TlsCertificate {
 public:
  // `chain`: the server's own certificate, then those of the authorities between it and a root. `key`: without a
  // passphrase. Both as PEM. Error: configuration_invalid, with what is wrong and what to do.
  static Result<std::shared_ptr<const TlsCertificate>> from_pem(std::string_view chain, const Secret& key);

  ~TlsCertificate();
  TlsCertificate(const TlsCertificate&) = delete;
  TlsCertificate& operator=(const TlsCertificate&) = delete;

  // The names it is valid for: "auth.example.com", "*.example.com", "192.0.2.1".
  std::vector<std::string> names() const;
  Instant valid_from() const;
  Instant valid_until() const;

  ssl_ctx_st* native() const noexcept { return context_; }

 private:
  explicit TlsCertificate(ssl_ctx_st* context) noexcept : context_(context) {}

  ssl_ctx_st* context_;
};

}  // namespace cardea::web
