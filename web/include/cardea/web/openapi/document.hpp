// The OpenAPI 3.1 description of an application, made from the same types that enforce it.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/web/app.hpp>
#include <string>
#include <vector>

namespace cardea::web {

boost::json::object openapi_document(const App& app);

// What each route requires of its caller, as its handler's type states it, by pattern and method.
struct RoutePolicy {
  std::string method;
  std::string pattern;
  std::vector<std::string> requirements;
  std::string summary;
};
std::vector<RoutePolicy> route_policies(const App& app);

}  // namespace cardea::web
