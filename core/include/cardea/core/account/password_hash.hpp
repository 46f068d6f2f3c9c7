// A stored password hash: a PHC string ($argon2id$…) or a crypt(5) string ($2b$…). Not a secret in the sense of Secret,
// but nothing prints it and no answer carries it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace cardea {

class PasswordHash {
 public:
  explicit PasswordHash(std::string text) : text_(std::move(text)) {}
  std::string_view expose() const noexcept { return text_; }
  friend bool operator==(const PasswordHash&, const PasswordHash&) = default;

 private:
  std::string text_;
};

}  // namespace cardea
