// What checks a signature: one key, its name and the one algorithm it is for.
#pragma once

#include <cardea/core/key/hmac_key.hpp>
#include <string_view>
#include <variant>

namespace cardea {

// The closed set of key kinds; an asymmetric kind joins as one more alternative, and no caller changes.
class VerificationKey {
 public:
  explicit VerificationKey(HmacKey key) : key_(std::move(key)) {}

  const KeyId& id() const noexcept {
    return std::visit([](const auto& key) -> const KeyId& { return key.id(); }, key_);
  }
  Algorithm algorithm() const noexcept {
    return std::visit([](const auto& key) { return key.algorithm(); }, key_);
  }
  bool verifies(std::string_view message, std::string_view signature) const noexcept {
    return std::visit([&](const auto& key) { return key.verifies(message, signature); }, key_);
  }

 private:
  std::variant<HmacKey> key_;
};

}  // namespace cardea
