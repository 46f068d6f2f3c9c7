// What the dependencies of a route say about it.
#pragma once

#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/routing/route.hpp>

namespace cardea::web {

Operation describe_route(const Route& route, SchemaRegistry& schemas);

}  // namespace cardea::web
