// An e-mail address, valid by construction. It is an attribute of an account, not a name: nobody logs in with it,
// several accounts may have the same, and nothing is sent to it here.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class EmailAddress {
 public:
  // At most 254 characters of ASCII, as a browser's form accepts one (HTML Standard, "valid e-mail address"): no
  // quotes, no comments, no spaces; at most 64 characters before the @. Kept in lower case. Error: email_invalid.
  static Result<EmailAddress> parse(std::string_view text);
  std::string_view text() const noexcept { return text_; }
  friend auto operator<=>(const EmailAddress&, const EmailAddress&) = default;

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
