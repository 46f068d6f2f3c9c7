// expect: cardea: a handler takes its parameters by value or by const reference
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](CurrentUser& user) { return user; });
}
