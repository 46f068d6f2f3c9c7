// expect: cardea: AllowingApiKeys is for CurrentPrincipal and RequirePermission
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](const AllowingApiKeys<CurrentUser>&) { return NoContent{}; });
}
