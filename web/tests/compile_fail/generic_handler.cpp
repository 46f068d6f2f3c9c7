// expect: cardea: a handler is a function or a lambda whose parameter types are written out
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](auto user) { return user; });
}
