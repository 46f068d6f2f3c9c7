// The `kid` of a key: an opaque name to look a key up by (RFC 7515 section 4.1.4).
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class KeyId {
 public:
  // At most 128 characters of UTF-8, compared byte by byte. Error: key_unusable.
  static Result<KeyId> parse(std::string_view text);
  std::string_view text() const noexcept { return text_; }
  friend auto operator<=>(const KeyId&, const KeyId&) = default;

 private:
  explicit KeyId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
