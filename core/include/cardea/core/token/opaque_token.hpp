// A random text that means nothing to whoever holds it: refresh tokens, API keys, client secrets.
//
// Its shape is PREFIX + base64url of (random bytes, then four bytes of checksum). The prefix says to a secret scanner
// what has leaked, and the checksum tells one of ours from text that only looks like it, or a damaged copy, without a
// store. It is no signature: whether one is genuine only its digest in the store can say.
#pragma once

#include <array>
#include <cardea/core/base/secret.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

// SHA-256 of a secret, in base64url: what a store keeps instead. Only for secrets of 128 random bits or more; a
// password needs a PasswordHasher.
std::string digest_of(const Secret& secret);

class OpaqueToken {
 public:
  static constexpr std::size_t kChecksumSize = 4;

  // `prefix` is lower-case letters and _, and lives as long as the program; `size` counts the bytes of a payload.
  constexpr OpaqueToken(std::string_view prefix, std::size_t size) noexcept : prefix_(prefix), size_(size) {}

  // A new one with a random payload.
  Secret make() const;

  // `payload` has the size.
  Secret write(const Secret& payload) const;

  // The payload; empty for every text that `write` does not write.
  std::optional<Secret> read(std::string_view text) const;

 private:
  std::array<char, kChecksumSize> checksum_of(std::string_view payload) const;

  std::string_view prefix_;
  std::size_t size_;
};

}  // namespace cardea
