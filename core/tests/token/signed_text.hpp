// Tokens made without the code under test, so that they can be wrong in any way.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/key/signing_key.hpp>
#include <string>
#include <string_view>

namespace cardea::test {

inline constexpr std::string_view kSecret = "a-secret-of-thirty-two-characters";
inline constexpr std::string_view kPlainHeader = R"({"alg":"HS256","typ":"JWT"})";

// 2026-01-01T12:00:00Z
inline constexpr Instant kNoon{std::chrono::seconds{1767268800}};

inline HmacKey key_of(std::string_view secret = kSecret, Algorithm algorithm = Algorithm::hs256) {
  return HmacKey::from_secret(Secret::copy_of(secret), algorithm).value();
}

inline std::string hmac(const EVP_MD* hash, std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(hash, key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(message.data()),
       message.size(), digest.data(), &size);
  return {digest.begin(), digest.begin() + size};
}

// base64url(header).base64url(payload).base64url(HMAC-SHA256), whatever header and payload are.
inline std::string signed_text(std::string_view header, std::string_view payload, std::string_view secret = kSecret) {
  const auto input = to_base64url(header) + '.' + to_base64url(payload);
  return input + '.' + to_base64url(hmac(EVP_sha256(), secret, input));
}

}  // namespace cardea::test
