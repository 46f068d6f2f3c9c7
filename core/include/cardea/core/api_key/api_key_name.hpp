// What its owner calls an API key, valid by construction: "nightly backup".
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace cardea {

class ApiKeyName {
 public:
  static constexpr std::size_t kLongest = 80;

  // 1 to 80 characters of UTF-8 without control characters, not all of them blank. Error: api_key_rejected.
  static Result<ApiKeyName> parse(std::string_view text);
  const std::string& text() const noexcept { return text_; }
  friend auto operator<=>(const ApiKeyName&, const ApiKeyName&) = default;

 private:
  explicit ApiKeyName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
