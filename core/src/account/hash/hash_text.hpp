// What the readers of stored hashes share: taking a hash apart, and refusing it with a reason.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

// password_hash_unsupported. The reason is for whoever imports the hash to read, and never a piece of it.
std::unexpected<Error> unsupported_hash(std::string reason);

// A stored hash, read from its front.
class HashText {
 public:
  explicit HashText(std::string_view rest) noexcept : rest_(rest) {}

  bool take(std::string_view literal) noexcept;
  // Decimal, without sign and leading zero; nothing is taken otherwise.
  std::optional<std::uint32_t> take_number() noexcept;
  // Up to the next dollar, which is taken too, or to the end.
  std::string_view take_field() noexcept;
  // `size` characters; empty if there are fewer.
  std::string_view take_characters(std::size_t size) noexcept;
  std::string_view rest() const noexcept { return rest_; }

 private:
  std::string_view rest_;
};

// The base64 alphabets of RFC 4648 section 4, strictly: with padding, without, and passlib's, which has a dot for the
// plus.
enum class HashBase64 : unsigned char { padded, unpadded, with_dot };

std::optional<std::string> decode_base64(std::string_view text, HashBase64 kind);
std::string to_padded_base64(std::string_view bytes);
std::string to_unpadded_base64(std::string_view bytes);

// The value of a character of crypt(5)'s alphabet ./0-9A-Za-z.
std::optional<std::uint32_t> crypt_value(char c) noexcept;
bool is_crypt_text(std::string_view text) noexcept;

}  // namespace cardea
