// What signs: one key, its name and the one algorithm it is for.
#pragma once

#include <cardea/core/key/hmac_key.hpp>
#include <cardea/core/key/private_key.hpp>
#include <cardea/core/key/verification_key.hpp>
#include <string_view>
#include <variant>

namespace cardea {

// The closed set of key kinds.
class SigningKey {
 public:
  explicit SigningKey(HmacKey key) : key_(std::move(key)) {}
  explicit SigningKey(PrivateKey key) : key_(std::move(key)) {}

  const KeyId& id() const noexcept {
    return std::visit([](const auto& key) -> const KeyId& { return key.id(); }, key_);
  }
  Algorithm algorithm() const noexcept {
    return std::visit([](const auto& key) { return key.algorithm(); }, key_);
  }
  Result<Signature> sign(std::string_view message) const {
    return std::visit([&](const auto& key) -> Result<Signature> { return key.sign(message); }, key_);
  }
  // What checks the signatures that this key makes.
  VerificationKey verification_key() const {
    if (const auto* pair = std::get_if<PrivateKey>(&key_)) return VerificationKey{pair->public_key()};
    return VerificationKey{std::get<HmacKey>(key_)};
  }

 private:
  std::variant<HmacKey, PrivateKey> key_;
};

}  // namespace cardea
