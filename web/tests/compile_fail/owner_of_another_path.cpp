// expect: cardea: a Path<> parameter is not in the route's pattern
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/users/{id}">([](RequireOwner<"user"> caller) { return caller->username; });
}
