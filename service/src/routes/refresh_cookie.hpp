// The refresh token of a browser, in a cookie that no script can read and no other site can use.
#pragma once

#include <cardea/core/session/session_issuer.hpp>
#include <cardea/web/extract/cookie.hpp>
#include <string>

namespace cardea::service {

class RefreshCookie {
 public:
  using Presented = web::Cookie<"__Secure-cardea_refresh">;

  // Error: invalid_request for two of them.
  static Result<RefreshCookie> resolve(const Presented& presented, const web::Request& request);

  bool is_present() const noexcept { return token_.has_value(); }

  // The token; it is there. Error: origin_refused, unless the request's Origin is the host that it was sent to. A
  // browser's SameSite rule says the same; this is for those that do not know it, and for sites beside this one.
  Result<std::string> token() const;

  // The Set-Cookie field that gives it to the browser, and the one that takes it back.
  static std::string set(const TokenPair& tokens);
  static std::string clear();

 private:
  std::optional<std::string> token_;
  bool is_of_this_origin_ = false;
};

}  // namespace cardea::service
