// Targets: a route that is found is found again by its pattern with the values in it, and no value is a way out of its
// place.
#include <cardea/core/base/json_text.hpp>
#include <cardea/web/routing/router.hpp>
#include <string>

#include "fuzzers.hpp"
#include "percent_encoding.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

const web::Router& router() {
  static const web::Router made = [] {
    web::Router routes;
    for (const std::string_view pattern : {"/", "/users", "/users/{id}", "/users/{id}/keys/{key}", "/{name}/keys"}) {
      web::Route route;
      route.pattern = pattern;
      routes.add(std::move(route));
    }
    return routes;
  }();
  return made;
}

std::string target_of(const web::RouteMatch& match) {
  std::string target(match.route->pattern);
  for (const auto& [name, value] : match.path_values) {
    const auto parameter = '{' + std::string(name) + '}';
    target.replace(target.find(parameter), parameter.size(), percent_encoded(value));
  }
  return target;
}

}  // namespace

void target(std::string_view text) {
  const auto match = router().find(web::Method::get, text);
  if (!match) return;
  for (const auto& [name, value] : match->path_values) {
    require(!value.empty() && value != "." && value != "..", "a value is one segment");
    require(value.find_first_of(std::string_view{"/\\\0", 3}) == std::string::npos, "a value stays in its segment");
    require(is_utf8(value), "a value is UTF-8");
  }
  const auto again = router().find(web::Method::get, target_of(*match));
  require(again.has_value() && again->route == match->route, "the same values in the pattern find the same route");
  require(again->path_values == match->path_values, "and are the same values");
}

}  // namespace cardea::fuzz
