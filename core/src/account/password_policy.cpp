#include <algorithm>
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/account/password_strength.hpp>

#include "account/common_passwords.hpp"

namespace cardea {
namespace {

std::unexpected<Error> rejected(std::string reason) {
  return failure(ErrorCode::password_rejected, PublicText{std::move(reason)});
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Secret in_lower_case(const Secret& password) {
  std::string text{password.expose()};
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return Secret{std::move(text)};
}

// The shortest text of which `text` is one or more copies.
std::string_view repeated_part(std::string_view text) {
  for (std::size_t length = 1; length <= text.size() / 2; ++length) {
    if (text.size() % length == 0 && text.substr(length) == text.substr(0, text.size() - length)) {
      return text.substr(0, length);
    }
  }
  return text;
}

bool is_common(std::string_view lower_case) {
  const auto part = repeated_part(lower_case);
  return (part.size() <= 2 && part != lower_case) || std::ranges::binary_search(common_passwords(), lower_case) ||
         std::ranges::binary_search(common_passwords(), part);
}

}  // namespace

Result<PasswordPolicy> PasswordPolicy::with_minimum(std::size_t code_points) {
  if (code_points < kLeastMinimum || code_points > kMostMinimum) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"the minimum password length must be " + std::to_string(kLeastMinimum) + " to " +
                              std::to_string(kMostMinimum)});
  }
  PasswordPolicy policy;
  policy.minimum_ = code_points;
  return policy;
}

PasswordPolicy PasswordPolicy::accepting_weak_passwords_for_demo_only() {
  PasswordPolicy policy;
  policy.minimum_ = 1;
  policy.refuses_common_ = false;
  return policy;
}

Done PasswordPolicy::check(const Secret& password, const Username& username) const {
  if (password.size() > PasswordHasher::kLongestPassword) {
    return rejected("The password is longer than " + std::to_string(PasswordHasher::kLongestPassword) +
                    " bytes; take a shorter one");
  }
  if (password.empty()) return rejected("The password is empty");
  if (count_code_points(password.expose()) < minimum_) {
    return rejected("The password is shorter than " + std::to_string(minimum_) +
                    " characters; a few words that do not belong together are long and easy to remember");
  }
  if (!refuses_common_) return {};
  const Secret lower_case = in_lower_case(password);
  if (repeated_part(lower_case.expose()) == repeated_part(username.text())) {
    return rejected("The password is the user name; take another one");
  }
  if (is_common(lower_case.expose())) {
    return rejected("The password is one of those that are guessed first; take another one");
  }
  if (estimated_bits(password, username) < kLeastBits) {
    return rejected("The password is easy to guess; add words that do not belong together");
  }
  return {};
}

}  // namespace cardea
