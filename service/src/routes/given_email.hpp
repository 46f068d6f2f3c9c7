// An e-mail address that a body may have.
#pragma once

#include <cardea/core/account/email_address.hpp>
#include <optional>
#include <string>

namespace cardea::service {

// Error: email_invalid.
inline Result<std::optional<EmailAddress>> given_email(const std::optional<std::string>& text) {
  if (!text) return std::optional<EmailAddress>{};
  auto email = EmailAddress::parse(*text);
  if (!email) return failure(std::move(email).error());
  return *std::move(email);
}

}  // namespace cardea::service
