// What a new password has to be (NIST SP 800-63B-4 section 3.1.1.2): long enough, not what everybody tries first, not
// the user's name. No rules about kinds of characters.
#pragma once

#include <cardea/core/account/username.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cstddef>

namespace cardea {

inline constexpr std::size_t kShortestPassword = 8;  // characters, that is Unicode code points

// Error: password_rejected; its text says which rule, never a part of the password. The most is
// PasswordHasher::kLongestPassword bytes. Letters count alike in either case where a list is searched.
Done check_new_password(const Secret& password, const Username& username);

}  // namespace cardea
