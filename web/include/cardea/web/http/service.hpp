// What the HTTP server drives: an App, or a test's stand-in.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cardea/core/base/error.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/response.hpp>
#include <cstddef>
#include <variant>

namespace cardea::web {

struct ServerCounts;

template <class T>
using Task = boost::asio::awaitable<T>;

// What is there at once, or what has to be waited for.
using Answer = std::variant<Response, Task<Response>>;

class Service {
 public:
  virtual ~Service() = default;

  // The longest body, in bytes, that the route behind this head reads; asked before the body is.
  virtual std::size_t body_limit(Method method, std::string_view target) const = 0;

  // Answers every request; neither it nor the task throws. The task runs on the connection's executor.
  virtual Answer answer(Request request) = 0;

  // The answer to what never became a request (broken framing, limits, deadlines). `head` holds what is known of it:
  // method, target and headers may be empty.
  virtual Response refuse(const Error& error, const Request& head) const = 0;

  // Where a server counts its connections and requests; null: nowhere.
  virtual ServerCounts* server_counts() noexcept { return nullptr; }
};

}  // namespace cardea::web
