// Fetches a JWK set over HTTPS.
#pragma once

#include <cardea/core/key/key_set_fetcher.hpp>
#include <cardea/web/remote/key_set_url.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

namespace cardea::web {

struct HttpsKeySetFetcherOptions {
  // Whom to trust, a PEM file; none: whom the system trusts.
  std::optional<std::filesystem::path> ca_file = {};
  std::chrono::milliseconds connect_limit{3000};  // with TLS
  std::chrono::milliseconds whole_limit{5000};    // from the look-up of the name to the last byte
  std::size_t largest_body = 256 * 1024;          // beyond that the connection is cut
};

// Certificate and host name are always verified, TLS is 1.2 or newer, no redirect is followed, and neither a proxy nor
// a password comes from the environment or a user's file. An answer counts only if it is 304, or 200 with the content
// type application/json or application/jwk-set+json. Its max-age is what Cache-Control and Age leave of it: 0 for
// no-store, no-cache and whatever is malformed (RFC 9111 section 4.2.1).
class HttpsKeySetFetcher final : public KeySetFetcher {
 public:
  explicit HttpsKeySetFetcher(KeySetUrl url, HttpsKeySetFetcherOptions options = {});
  ~HttpsKeySetFetcher() override;

  Result<FetchedKeySet> fetch(std::string_view etag) override;
  void interrupt() noexcept override;

 private:
  class Transfer;

  const KeySetUrl url_;
  const HttpsKeySetFetcherOptions options_;
  const std::unique_ptr<Transfer> transfer_;
};

}  // namespace cardea::web
