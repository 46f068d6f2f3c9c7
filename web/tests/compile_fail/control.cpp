// expect: compiles
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/posts/{id}">([](RequireRole<"admin"> user, Path<"id", int>) { return user->username; });
}
