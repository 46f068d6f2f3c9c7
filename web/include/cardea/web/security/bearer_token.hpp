// The bearer token of the Authorization header (RFC 6750 section 2.1), unchecked. Nothing else is ever read: not the
// query, not a cookie, not a form.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <optional>
#include <string_view>

namespace cardea::web {

// Absent without an Authorization header, or with one of another scheme. Error: invalid_request for two headers, two
// values, no token or a space in it.
struct PresentedToken {
  std::optional<std::string_view> value;  // of the request's headers
  static Result<PresentedToken> resolve(const Request& request);
};

// Error: not_authenticated without one. Holding it says nothing about who the caller is: it names no principal.
struct BearerToken {
  std::string_view value;  // of the request's headers
  static Result<BearerToken> resolve(const PresentedToken& presented);
  static void describe(Operation& operation);
};

}  // namespace cardea::web
