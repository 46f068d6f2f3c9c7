// expect: cardea: this route says nothing about who may call it
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/open">([] { return std::string(); });
}
