// expect: cardea: AllowingApiKeys is for CurrentPrincipal, RequirePermission, RequireAll and RequireAny
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](AllowingApiKeys<RequireRole<"admin">>) { return NoContent{}; });
}
