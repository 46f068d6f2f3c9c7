// A request as the application sees it: framing checked, body whole, nothing decoded but what this page says.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/web/http/headers.hpp>
#include <cardea/web/http/method.hpp>
#include <string>

namespace cardea::web {

struct Request {
  Method method = Method::get;
  std::string target;  // origin form as sent: "/posts/a%20b?limit=3"
  Headers headers;     // never trailers
  std::string body;
  std::string peer_address;  // the client's address without port, "127.0.0.1" or "::1"
  std::string request_id;    // made by the server for each request; also X-Request-Id of the answer
  Instant received_at{};
};

}  // namespace cardea::web
