// Where a JWK set is fetched from.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string>
#include <string_view>

namespace cardea::web {

class KeySetUrl {
 public:
  // https://; http:// only to this very machine (127.0.0.0/8, [::1] or localhost), for development and tests. A user,
  // a password and a fragment have no place in it. Error: configuration_invalid; its public text says what is wrong.
  static Result<KeySetUrl> parse(std::string_view text);

  // As it will be asked for, in normal form.
  const std::string& text() const noexcept { return text_; }

 private:
  explicit KeySetUrl(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea::web
