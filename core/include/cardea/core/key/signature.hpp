// The bytes of one signature, without a heap allocation.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace cardea {

struct Signature {
  static constexpr std::size_t kLargest = 64;  // HMAC with SHA-512

  std::array<char, kLargest> bytes;
  std::size_t size = 0;

  std::string_view view() const noexcept { return {bytes.data(), size}; }
};

}  // namespace cardea
