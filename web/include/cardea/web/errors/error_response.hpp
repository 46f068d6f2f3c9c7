// An Error as an answer: the one shape that every error of every route has, or the same facts as problem details
// (RFC 9457) for a client that asks for application/problem+json.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/response.hpp>
#include <string_view>

namespace cardea::web {

// What of the request an error answer depends on.
struct ErrorRendering {
  std::string_view path;  // as sent, without the query; may hold any bytes
  std::string_view request_id;
  bool as_problem_details = false;
};

ErrorRendering rendering_for(const Request& request) noexcept;

// Sets WWW-Authenticate (RFC 6750 section 3), Retry-After and Allow where the status asks for them. Nothing of the
// error's private text is in the answer, and a 500 has the default text only.
Response error_response(const Error& error, const ErrorRendering& rendering);

}  // namespace cardea::web
