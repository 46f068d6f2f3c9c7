// An answer as bytes. The server owns what frames and identifies the message: Content-Length, Connection, Date,
// X-Request-Id and their like are written here and dropped where the application set them. A field whose name is no
// token or whose value has a control character is left out, so that no value can begin a new line.
#pragma once

#include <cardea/web/http/response.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace cardea::web {

struct ResponseFraming {
  std::string_view date;
  std::string_view request_id;
  bool keep_alive = true;
  bool to_http_1_0 = false;
  bool to_head = false;  // the request's method was HEAD: the length of the body, but not the body
};

// Whether a body follows the head (RFC 9112 section 6.3).
bool sends_body(const Response& response, bool to_head) noexcept;

// Whether the application asks to end the connection after this answer.
bool asks_to_close(const Response& response) noexcept;

// The status line and the header, final empty line included.
void append_head(std::string& out, const Response& response, const ResponseFraming& framing);

}  // namespace cardea::web
