// One route: where, how and by whom it may be called, and what answers.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/web/extract/resolution_plan.hpp>
#include <cardea/web/http/method.hpp>
#include <cardea/web/routing/endpoint.hpp>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

class RequestCounts;

inline constexpr std::size_t kDefaultBodyLimit = std::size_t{64} * 1024;

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // a constant of the program
  std::unique_ptr<const Endpoint> endpoint;

  bool blocking = false;  // the handler runs on the blocking pool
  std::size_t body_limit = kDefaultBodyLimit;

  std::string summary;
  std::string description;
  std::string tag;
  std::string operation_id;
  bool issues_tokens = false;  // the token URL of the OAuth 2 password flow
  bool in_document = true;
  std::vector<ErrorCode> refusals;  // of the handler itself
  bool oauth_errors = false;        // every error on this path has the shape of RFC 6749 section 5.2

  RequestCounts* counts = nullptr;
  RequestCounts* counts_of_head = nullptr;  // of a GET route, which answers HEAD, too

  std::optional<ResolutionPlan> plan;  // made when the application has all that it provides
};

// What a route says about itself: app.get<"/me">(read_me).summary("Who am I").tag("account");
class RouteOptions {
 public:
  explicit RouteOptions(Route& route) : route_(route) {}

  RouteOptions& summary(std::string_view text) { return set(route_.summary, text); }
  RouteOptions& description(std::string_view text) { return set(route_.description, text); }
  RouteOptions& tag(std::string_view name) { return set(route_.tag, name); }
  RouteOptions& operation_id(std::string_view id) { return set(route_.operation_id, id); }

  // The handler blocks: it runs on the blocking pool, as FastAPI's plain `def` does; 503 when the pool is full. Not for
  // coroutines, which throws std::logic_error.
  RouteOptions& blocking();

  // The longest body in bytes; 64 KiB unless said otherwise.
  RouteOptions& body_limit(std::size_t bytes);

  // Swagger UI's Authorize button logs in here (OAuth 2 password flow).
  RouteOptions& issues_tokens();

  // What the handler itself refuses with, beyond what its parameters do: the OpenAPI document has it, too.
  RouteOptions& refuses(std::initializer_list<ErrorCode> codes);

  // Every error on this path, the server's own included, has the shape of RFC 6749 section 5.2: for the endpoints that
  // standard OAuth 2 clients speak to.
  RouteOptions& oauth_errors();

  // Leaves the route out of the OpenAPI document; it works all the same.
  RouteOptions& hidden();

 private:
  RouteOptions& set(std::string& field, std::string_view text) {
    field = text;
    return *this;
  }
  Route& route_;
};

}  // namespace cardea::web
