// A cookie that the client sent (RFC 6265 section 4.2): Cookie<"theme">. It may always be absent. One that comes twice,
// from two paths or two domains, is refused: which of them is meant cannot be told.
//
// Browsers send cookies with requests that other sites make: whoever lets a cookie decide anything checks where the
// request comes from.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/routing/name.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::web {

namespace cookie_detail {
// Error: invalid_request.
Result<std::optional<std::string>> find(const Headers& headers, std::string_view name);
void describe(Operation& operation, std::string_view name);
}  // namespace cookie_detail

template <Name name>
struct Cookie {
  std::optional<std::string> value;

  explicit operator bool() const noexcept { return value.has_value(); }
  const std::string& operator*() const noexcept { return *value; }

  // Error: invalid_request.
  static Result<Cookie> resolve(const Request& request) {
    auto found = cookie_detail::find(request.headers, name.text());
    if (!found) return failure(std::move(found).error());
    return Cookie{*std::move(found)};
  }
  static void describe(Operation& operation) { cookie_detail::describe(operation, name.text()); }
};

}  // namespace cardea::web
