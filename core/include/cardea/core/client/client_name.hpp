// What people call an OAuth client; for reading only. Two clients may have the same.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class ClientName {
 public:
  // 1 to 80 characters of UTF-8 without control characters, not all of them blank. Error: client_name_invalid.
  static Result<ClientName> parse(std::string_view text);
  std::string_view text() const noexcept { return text_; }
  friend auto operator<=>(const ClientName&, const ClientName&) = default;

 private:
  explicit ClientName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
