// This server as OAuth 2 clients see it (RFC 8414): an issuer, and endpoints below its URL.
#pragma once

#include <cardea/core/token/token_policy.hpp>
#include <string>
#include <string_view>

namespace cardea::service {

class AuthorizationServer {
 public:
  AuthorizationServer(Issuer issuer, bool allows_password_grant)
      : issuer_(std::move(issuer)), allows_password_grant_(allows_password_grant) {}

  const std::string& issuer() const noexcept { return issuer_.value; }
  bool allows_password_grant() const noexcept { return allows_password_grant_; }

  // `path` begins with a slash; one at the end of the issuer makes no second one.
  std::string url_of(std::string_view path) const;

 private:
  Issuer issuer_;
  bool allows_password_grant_;
};

}  // namespace cardea::service
