// An answer as the application makes it. The server adds Content-Length, Connection, Date and X-Request-Id, and leaves
// the body out for HEAD, 204 and 304.
#pragma once

#include <cardea/web/http/headers.hpp>
#include <string>

namespace cardea::web {

class RequestCounts;

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
  RequestCounts* counts = nullptr;  // where the server counts it; an App says where
};

}  // namespace cardea::web
