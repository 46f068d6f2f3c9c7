// What checks a signature: one key, its name and the one algorithm it is for.
#pragma once

#include <cardea/core/key/hmac_key.hpp>
#include <cardea/core/key/public_key.hpp>
#include <string_view>
#include <variant>

namespace cardea {

// The closed set of key kinds.
class VerificationKey {
 public:
  explicit VerificationKey(HmacKey key) : key_(std::move(key)) {}
  explicit VerificationKey(PublicKey key) : key_(std::move(key)) {}

  const KeyId& id() const noexcept {
    return std::visit([](const auto& key) -> const KeyId& { return key.id(); }, key_);
  }
  Algorithm algorithm() const noexcept {
    return std::visit([](const auto& key) { return key.algorithm(); }, key_);
  }
  bool verifies(std::string_view message, std::string_view signature) const noexcept {
    return std::visit([&](const auto& key) { return key.verifies(message, signature); }, key_);
  }

  // Null for a key that is a secret.
  const PublicKey* public_key() const noexcept { return std::get_if<PublicKey>(&key_); }

 private:
  std::variant<HmacKey, PublicKey> key_;
};

}  // namespace cardea
