// The name of one API key: 128 random bits as 22 characters of base64url. It stands in addresses; the key itself is
// another text, so that knowing the id gives nothing.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class ApiKeyId {
 public:
  static ApiKeyId random();
  // Error: api_key_not_found, as text that no key's id can be names none.
  static Result<ApiKeyId> parse(std::string_view text);

  const std::string& text() const noexcept { return text_; }
  friend auto operator<=>(const ApiKeyId&, const ApiKeyId&) = default;

 private:
  explicit ApiKeyId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
