// An answer as the application makes it. The server adds Content-Length, Connection, Date and X-Request-Id, and leaves
// the body out for HEAD, 204 and 304.
#pragma once

#include <cardea/web/http/headers.hpp>
#include <string>
#include <string_view>

namespace cardea::web {

class RequestCounts;

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
  RequestCounts* counts = nullptr;  // where the server counts it; an App says where
  // In the place of `body`, bytes that outlive every answer, such as a file inside the program: they are sent from
  // where they are, and a client that reads slowly holds no copy of them.
  std::string_view lasting_body{};

  std::string_view content() const noexcept { return lasting_body.empty() ? std::string_view{body} : lasting_body; }
};

}  // namespace cardea::web
