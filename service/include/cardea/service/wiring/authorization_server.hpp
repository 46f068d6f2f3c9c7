// This server as OAuth 2 clients see it (RFC 8414): an issuer, and endpoints below its URL.
#pragma once

#include <cardea/core/token/token_policy.hpp>
#include <string>
#include <string_view>

namespace cardea::service {

class AuthorizationServer {
 public:
  explicit AuthorizationServer(Issuer issuer) : issuer_(std::move(issuer)) {}

  const std::string& issuer() const noexcept { return issuer_.value; }

  // `path` begins with a slash; one at the end of the issuer makes no second one.
  std::string url_of(std::string_view path) const;

 private:
  Issuer issuer_;
};

}  // namespace cardea::service
