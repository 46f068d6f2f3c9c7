// expect: cardea: this is no route pattern
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/posts/">([](Public) { return std::string(); });
}
