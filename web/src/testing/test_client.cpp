#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <exception>
#include <optional>
#include <stdexcept>

namespace cardea::web {
namespace {

Request make_request(Method method, std::string target, Headers headers, std::string body = {}) {
  Request request;
  request.method = method;
  request.target = std::move(target);
  request.headers = std::move(headers);
  request.body = std::move(body);
  return request;
}

Headers with_content_type(Headers headers, std::string_view type) {
  if (!headers.find("Content-Type")) headers.add("Content-Type", type);
  return headers;
}

Response waited_for(Answer answer) {
  if (auto* now = std::get_if<Response>(&answer)) return std::move(*now);
  boost::asio::io_context context;
  std::optional<Response> response;
  boost::asio::co_spawn(context, std::get<Task<Response>>(std::move(answer)),
                        [&](const std::exception_ptr& thrown, Response answered) {
                          if (thrown) std::rethrow_exception(thrown);
                          response = std::move(answered);
                        });
  context.run();
  return *std::move(response);
}

}  // namespace

std::string TestResponse::header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }

boost::json::value TestResponse::json() const {
  boost::json::error_code error;
  auto value = boost::json::parse(body, error);
  if (error) throw std::runtime_error("the response is no JSON: " + body);
  return value;
}

TestClient::TestClient(App& app, std::vector<Override> overrides) : app_(app) {
  for (auto& [dependency, replacement] : overrides) {
    app_.provisions().replace(dependency, std::move(replacement));
    overridden_.push_back(dependency);
  }
  app_.prepare_what_can_run();
}

TestClient::~TestClient() {
  for (const auto dependency : overridden_) app_.provisions().restore(dependency);
  app_.prepare_what_can_run();
}

TestResponse TestClient::get(std::string target, Headers headers) {
  return send(make_request(Method::get, std::move(target), std::move(headers)));
}

TestResponse TestClient::delete_(std::string target, Headers headers) {
  return send(make_request(Method::delete_, std::move(target), std::move(headers)));
}

TestResponse TestClient::post_json(std::string target, std::string json, Headers headers) {
  return send(make_request(Method::post, std::move(target), with_content_type(std::move(headers), "application/json"),
                           std::move(json)));
}

TestResponse TestClient::post_form(std::string target, std::string urlencoded, Headers headers) {
  return send(make_request(Method::post, std::move(target),
                           with_content_type(std::move(headers), "application/x-www-form-urlencoded"),
                           std::move(urlencoded)));
}

TestResponse TestClient::send(Request request) {
  const auto match = app_.find_route(request.method, request.target);
  if (match && !match->route->plan) throw std::logic_error(app_.problems_of(*match->route).front());
  if (!token_.empty()) request.headers.set("Authorization", "Bearer " + token_);
  request.peer_address = "127.0.0.1";
  request.request_id = "test-request";
  request.received_at = now_ ? *now_ : SystemClock{}.now();
  if (request.body.size() > app_.body_limit(request.method, request.target)) {
    auto refused = app_.refuse(Error{ErrorCode::content_too_large}, request);
    return {refused.status, std::move(refused.headers), std::string{refused.content()}};
  }
  auto response = waited_for(app_.answer(std::move(request)));
  return {response.status, std::move(response.headers), std::string{response.content()}};
}

}  // namespace cardea::web
