// HMAC (RFC 2104) that has read its key once: the hash states after the key's two blocks, copied for each message.
#pragma once

#include <openssl/crypto.h>

#include <array>
#include <cardea/core/key/signature.hpp>
#include <string_view>

#include "key/hash.hpp"

namespace cardea {

template <class Hash>
class Hmac {
 public:
  explicit Hmac(std::string_view key) noexcept {
    Block block{};
    if (key.size() <= block.size()) {
      key.copy(block.data(), block.size());
    } else {
      State state;
      Hash::start(state);
      Hash::add(state, key);
      Hash::finish(state, block.data());
      OPENSSL_cleanse(&state, sizeof state);
    }
    start(inner_, block, 0x36);
    start(outer_, block, 0x5C);
    OPENSSL_cleanse(block.data(), block.size());
  }
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  ~Hmac() {
    OPENSSL_cleanse(&inner_, sizeof inner_);
    OPENSSL_cleanse(&outer_, sizeof outer_);
  }

  Signature sign(std::string_view message) const noexcept {
    std::array<char, Hash::kSize> digest;
    State state = inner_;
    Hash::add(state, message);
    Hash::finish(state, digest.data());

    Signature signature;
    signature.size = Hash::kSize;
    state = outer_;
    Hash::add(state, {digest.data(), digest.size()});
    Hash::finish(state, signature.bytes.data());
    return signature;
  }

 private:
  using State = typename Hash::State;
  using Block = std::array<char, Hash::kBlock>;

  static void start(State& state, Block block, char pad) noexcept {
    for (auto& byte : block) byte = static_cast<char>(byte ^ pad);
    Hash::start(state);
    Hash::add(state, {block.data(), block.size()});
    OPENSSL_cleanse(block.data(), block.size());
  }

  State inner_;
  State outer_;
};

}  // namespace cardea
