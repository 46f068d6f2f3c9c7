// What the HTTP server drives: an App, or a test's stand-in.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cardea/core/base/error.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/response.hpp>
#include <cstddef>

namespace cardea::web {

template <class T>
using Task = boost::asio::awaitable<T>;

class Service {
 public:
  virtual ~Service() = default;

  // The longest body, in bytes, that the route behind this head reads; asked before the body is.
  virtual std::size_t body_limit(Method method, std::string_view target) const = 0;

  // Answers every request; never throws. Runs on the connection's executor.
  virtual Task<Response> answer(Request request) = 0;

  // The answer to what never became a request (broken framing, limits, deadlines). `head` holds what is known of it:
  // method, target and headers may be empty.
  virtual Response refuse(const Error& error, const Request& head) const = 0;
};

}  // namespace cardea::web
