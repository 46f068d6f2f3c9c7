// base64url without padding, strictly (RFC 4648 section 5, RFC 7515 section 2): each byte string has one spelling.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

constexpr std::size_t base64url_size_of(std::size_t bytes) noexcept { return bytes / 3 * 4 + (bytes % 3 * 4 + 2) / 3; }
constexpr std::size_t size_of_base64url(std::size_t characters) noexcept {
  return characters / 4 * 3 + characters % 4 * 3 / 4;
}

std::string to_base64url(std::string_view bytes);
void append_base64url(std::string& out, std::string_view bytes);

// Refuses padding, white space, every foreign character, a length of 1 modulo 4, and spare bits that are not zero.
// Error: base64url_malformed.
Result<std::string> from_base64url(std::string_view text);

// The same into memory of the caller, at least size_of_base64url(text.size()) bytes: the bytes written, or nothing if
// the text is malformed or the memory too small. What is left in `out` then is unspecified.
std::optional<std::size_t> from_base64url(std::string_view text, std::span<char> out) noexcept;

}  // namespace cardea
