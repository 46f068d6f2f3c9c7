// An answer as the application makes it. The server adds Content-Length, Connection, Date and X-Request-Id, and leaves
// the body out for HEAD, 204 and 304.
#pragma once

#include <cardea/web/http/headers.hpp>
#include <string>

namespace cardea::web {

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
};

}  // namespace cardea::web
