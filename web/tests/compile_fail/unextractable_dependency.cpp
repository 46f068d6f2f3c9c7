// expect: cardea: this handler parameter cannot be extracted from a request
#include <cardea/web/app.hpp>

using namespace cardea::web;

struct Tenant {
  static Tenant resolve(CurrentUser, int) { return {}; }
};

void add_routes(App& app) {
  app.get<"/">([](Tenant) { return NoContent{}; });
}
