// expect: cardea: a permission that a route requires has parts of lower-case letters
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](AllowingApiKeys<RequirePermission<"posts:*">> caller) { return caller->subject; });
}
