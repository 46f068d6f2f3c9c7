#include <openssl/crypto.h>
#include <sodium.h>

#include <cardea/core/base/secret.hpp>

namespace cardea {

void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // within capacity: no allocation, so the old bytes are the ones overwritten
  sodium_memzero(text.data(), text.size());
  text.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Secret::Secret(std::string&& text) noexcept : bytes_(std::move(text)) { wipe(text); }

Secret Secret::copy_of(std::string_view text) {
  Secret secret;
  secret.bytes_.assign(text);
  return secret;
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    wipe(other.bytes_);
  }
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

}  // namespace cardea
