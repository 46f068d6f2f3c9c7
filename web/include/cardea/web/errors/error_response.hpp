// An Error as an answer: the one shape that every error of every route has, or the same facts as problem details
// (RFC 9457) for a client that asks for application/problem+json; and the shape that RFC 6749 demands of the endpoints
// that standard OAuth 2 clients speak to.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/response.hpp>
#include <string_view>

namespace cardea::web {

enum class ErrorShape : unsigned char {
  envelope,         // docs/errors.md
  problem_details,  // RFC 9457
  oauth,            // RFC 6749 section 5.2: error and error_description, whatever the client accepts
};

// What of the request and its route an error answer depends on.
struct ErrorRendering {
  std::string_view path;  // as sent, without the query; may hold any bytes
  std::string_view request_id;
  ErrorShape shape = ErrorShape::envelope;
};

// For a route that says nothing about the shape of its errors.
ErrorRendering rendering_for(const Request& request) noexcept;

// Sets WWW-Authenticate (RFC 6750 section 3, RFC 6749 section 5.2), Retry-After, Allow and ETag where the status asks
// for them. Nothing of the error's private text is in the answer, and a 500 has the default text only.
Response error_response(const Error& error, const ErrorRendering& rendering);

}  // namespace cardea::web
