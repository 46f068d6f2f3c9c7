// The hash functions whose state is a plain value, so that it can be copied for each message.
//
// OpenSSL's EVP interface keeps the state behind a pointer: each message would need an allocation or a lock. These
// structures, marked as old, are part of every OpenSSL 3 and use the same processor instructions.
#pragma once

#include <openssl/sha.h>

#include <cstddef>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace cardea {

struct Sha256 {
  using State = SHA256_CTX;
  static constexpr std::size_t kBlock = SHA256_CBLOCK;
  static constexpr std::size_t kSize = SHA256_DIGEST_LENGTH;
  static void start(State& state) noexcept { SHA256_Init(&state); }
  static void add(State& state, std::string_view bytes) noexcept { SHA256_Update(&state, bytes.data(), bytes.size()); }
  static void finish(State& state, char* out) noexcept { SHA256_Final(reinterpret_cast<unsigned char*>(out), &state); }
};

struct Sha512 {
  using State = SHA512_CTX;
  static constexpr std::size_t kBlock = SHA512_CBLOCK;
  static constexpr std::size_t kSize = SHA512_DIGEST_LENGTH;
  static void start(State& state) noexcept { SHA512_Init(&state); }
  static void add(State& state, std::string_view bytes) noexcept { SHA512_Update(&state, bytes.data(), bytes.size()); }
  static void finish(State& state, char* out) noexcept { SHA512_Final(reinterpret_cast<unsigned char*>(out), &state); }
};

// SHA-512 from another start, cut short.
struct Sha384 : Sha512 {
  static constexpr std::size_t kSize = SHA384_DIGEST_LENGTH;
  static void start(State& state) noexcept { SHA384_Init(&state); }
  static void finish(State& state, char* out) noexcept { SHA384_Final(reinterpret_cast<unsigned char*>(out), &state); }
};

}  // namespace cardea

#pragma GCC diagnostic pop
