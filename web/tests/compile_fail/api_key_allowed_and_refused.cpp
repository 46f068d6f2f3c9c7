// expect: cardea: this route allows API keys by one parameter and refuses them by another
#include <cardea/web/app.hpp>

using namespace cardea::web;

struct OwnPost {
  static OwnPost resolve(CurrentUser) { return {}; }
};

void add_routes(App& app) {
  app.get<"/">([](AllowingApiKeys<RequirePermission<"posts:write">>, OwnPost) { return NoContent{}; });
}
