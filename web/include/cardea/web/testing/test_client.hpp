// Asks an App without a socket: the same routing, dependencies, limits and errors, in the calling thread.
#pragma once

#include <boost/json/value.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/testing/override.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

struct TestResponse {
  unsigned status = 0;
  Headers headers;
  std::string body;

  // Empty if there is no such header.
  std::string header(std::string_view name) const;
  // Throws std::runtime_error if the body is no JSON.
  boost::json::value json() const;
};

class TestClient {
 public:
  // A route that needs what neither the application nor an override provides throws std::logic_error when it is called.
  explicit TestClient(App& app, std::vector<Override> overrides = {});
  template <class... More>
  TestClient(App& app, Override first, More... more)
      : TestClient(app, std::vector<Override>{std::move(first), std::move(more)...}) {}
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  // Sends "Authorization: Bearer <token>" with every request from now on; an empty token ends that.
  void use_token(std::string token) { token_ = std::move(token); }
  // The time at which requests arrive; the system's unless set.
  void set_now(Instant now) { now_ = now; }

  TestResponse get(std::string target, Headers headers = {});
  TestResponse delete_(std::string target, Headers headers = {});
  TestResponse post_json(std::string target, std::string json, Headers headers = {});
  TestResponse post_form(std::string target, std::string urlencoded, Headers headers = {});
  TestResponse send(Request request);

 private:
  App& app_;
  std::vector<TypeKey> overridden_;
  std::string token_;
  std::optional<Instant> now_;
};

}  // namespace cardea::web
