// Which new passwords are accepted (NIST SP 800-63B-4 section 3.1.1.2): long enough, not too long, not a common one,
// not the user name, not easy to guess (docs/decisions/0012). No rules about kinds of characters, and never truncated.
#pragma once

#include <cardea/core/account/username.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>

namespace cardea {

class PasswordPolicy {
 public:
  // In code points of UTF-8, not in bytes.
  static constexpr std::size_t kDefaultMinimum = 15;  // for a password that is the only factor
  static constexpr std::size_t kLeastMinimum = 8;
  static constexpr std::size_t kMostMinimum = 64;
  // Of the estimate (password_strength.hpp): some 270 million guesses, which at a hundred a day nobody makes.
  static constexpr double kLeastBits = 28;

  PasswordPolicy() = default;
  // Error: configuration_invalid outside kLeastMinimum to kMostMinimum.
  static Result<PasswordPolicy> with_minimum(std::size_t code_points);
  // Only the empty password and those over the hasher's longest are refused.
  static PasswordPolicy accepting_weak_passwords_for_demo_only();

  // Error: password_rejected; its public text is the reason and what to do, for a person to read. A password is refused
  // as common whatever its upper and lower case, also when it is a common one or the name several times over, or one or
  // two characters repeated.
  Done check(const Secret& password, const Username& username) const;

  std::size_t minimum() const noexcept { return minimum_; }

 private:
  std::size_t minimum_ = kDefaultMinimum;
  bool refuses_common_ = true;
};

}  // namespace cardea
