// A stored password hash: a PHC string ($argon2id$…), a crypt(5) string ($2b$…) or another that password_hasher.hpp
// names. Not a secret in the sense of Secret, but nothing prints it and no answer carries it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace cardea {

class PasswordHash {
 public:
  explicit PasswordHash(std::string text) : text_(std::move(text)) {}
  // What an account without a password has: none fits, as in shadow(5).
  static PasswordHash of_no_password() { return PasswordHash{"!"}; }

  std::string_view expose() const noexcept { return text_; }
  friend bool operator==(const PasswordHash&, const PasswordHash&) = default;

 private:
  std::string text_;
};

}  // namespace cardea
