// What signs: one key, its name and the one algorithm it is for.
#pragma once

#include <cardea/core/key/hmac_key.hpp>
#include <cardea/core/key/verification_key.hpp>
#include <string_view>
#include <variant>

namespace cardea {

// The closed set of key kinds; an asymmetric kind joins as one more alternative, and no caller changes.
class SigningKey {
 public:
  explicit SigningKey(HmacKey key) : key_(std::move(key)) {}

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
    return std::visit([](const auto& key) { return VerificationKey{key}; }, key_);
  }

 private:
  std::variant<HmacKey> key_;
};

}  // namespace cardea
