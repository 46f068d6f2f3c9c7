// The name of one login: 128 random bits as 22 characters of base64url. It stands in access tokens as `sid` and in
// addresses, so knowing it gives nothing.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class SessionId {
 public:
  // Never with a dash first, which a command line would take for an option.
  static SessionId random();
  // Error: session_not_found, as text that no session can have names none.
  static Result<SessionId> parse(std::string_view text);

  const std::string& text() const noexcept { return text_; }
  friend auto operator<=>(const SessionId&, const SessionId&) = default;

 private:
  explicit SessionId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
