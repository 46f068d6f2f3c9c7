// The bytes of one signature, without a heap allocation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace cardea {

struct Signature {
  static constexpr std::size_t kLargest = 1024;  // RSA with 8192 bits

  Signature() noexcept {}  // NOLINT(modernize-use-equals-default): a defaulted one lets Signature{} clear it all
  // Copies what is there and not the room behind it.
  Signature(const Signature& other) noexcept : size(other.size) { std::copy_n(other.bytes.data(), size, bytes.data()); }
  Signature& operator=(const Signature& other) noexcept {
    if (this == &other) return *this;
    size = other.size;
    std::copy_n(other.bytes.data(), size, bytes.data());
    return *this;
  }
  ~Signature() = default;

  std::array<char, kLargest> bytes;
  std::size_t size = 0;

  std::string_view view() const noexcept { return {bytes.data(), size}; }
};

}  // namespace cardea
