// expect: cardea: this handler's result cannot become a response
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  struct Plain {
    int x;
  };
  app.get<"/">([](Public) { return Plain{1}; });
}
