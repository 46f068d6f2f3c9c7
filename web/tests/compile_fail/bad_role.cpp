// expect: cardea: a role's name has lower-case letters
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](RequireRole<"Admin!"> user) { return user->username; });
}
