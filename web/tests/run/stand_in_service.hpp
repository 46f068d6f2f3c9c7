// A Service for tests of the server: answers as it is told, remembers what it was asked, and refuses with the error's
// name.
#pragma once

#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/http/service.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace cardea::web::testing {

class StandInService : public Service {
 public:
  using Handler = std::function<Task<Response>(Request)>;

  static constexpr std::size_t kBodyLimit = 64 * 1024;

  // By default an answer says what was asked: "POST /path\nbody".
  void answer_with(Handler handler) { handler_ = std::move(handler); }

  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  std::size_t body_limit(Method, std::string_view) const override { return kBodyLimit; }

  Answer answer(Request request) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    if (handler_) return handler_(std::move(request));
    return echo(std::move(request));
  }

  Response refuse(const Error& error, const Request& head) const override {
    Response response{.status = status_of(error.code()), .headers = {}, .body = std::string(name_of(error.code()))};
    response.headers.add("X-Refused-Path", head.target);
    return response;
  }

  static Task<Response> echo(Request request) {
    Response response;
    response.headers.add("Content-Type", "text/plain");
    response.body.append(name_of(request.method)).append(" ").append(request.target).append("\n").append(request.body);
    co_return response;
  }

 private:
  Handler handler_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
};

}  // namespace cardea::web::testing
