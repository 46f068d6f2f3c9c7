// A short text kept in place, so that a copy allocates nothing and shares nothing with the original.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <compare>
#include <cstddef>
#include <string_view>

namespace cardea {

// Compares as its view does.
template <std::size_t longest>
class ShortText {
 public:
  static_assert(longest <= 255, "the length is kept in a byte");

  constexpr ShortText() = default;
  // At most `longest` bytes: the caller has checked it.
  constexpr explicit ShortText(std::string_view text) noexcept
      : size_(static_cast<unsigned char>(std::min(text.size(), longest))) {
    assert(text.size() <= longest);
    std::copy_n(text.data(), size_, bytes_.data());
  }

  constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }

  friend constexpr bool operator==(const ShortText& a, const ShortText& b) noexcept { return a.view() == b.view(); }
  friend constexpr auto operator<=>(const ShortText& a, const ShortText& b) noexcept { return a.view() <=> b.view(); }

 private:
  std::array<char, longest> bytes_{};
  unsigned char size_ = 0;
};

}  // namespace cardea
