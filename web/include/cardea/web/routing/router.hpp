// Finds the route for a method and a path. A literal segment wins over a {parameter}. Every path has one spelling: no
// trailing or doubled slash, no dot segment, no encoded slash is another way to write a route.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/method.hpp>
#include <cardea/web/routing/route.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cardea::web {

struct RouteMatch {
  const Route* route = nullptr;
  std::vector<std::pair<std::string_view, std::string>> path_values;
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Throws std::logic_error if the method and pattern are there already: that is a mistake in the program.
  Route& add(Route route);

  // HEAD finds the route for GET if it has none of its own. Errors: invalid_request for what is no valid path,
  // not_found, method_not_allowed with the methods that are.
  Result<RouteMatch> find(Method method, std::string_view target) const;

  // Whether a route at this path, of whatever method, has errors in the shape of OAuth 2.
  bool has_oauth_errors(std::string_view target) const;

  const std::vector<std::unique_ptr<Route>>& routes() const noexcept { return routes_; }

 private:
  struct Node;

  const Node* find_literal(std::string_view path) const noexcept;
  static Result<RouteMatch> match(const Node& node, Method method, std::vector<std::string> segments);

  std::unique_ptr<Node> root_;
  std::unordered_map<std::string_view, const Node*> literals_;  // by the patterns without parameters
  std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace cardea::web
