// expect: cardea: this handler parameter cannot be extracted from a request
#include <cardea/web/app.hpp>

using namespace cardea::web;

void add_routes(App& app) {
  app.get<"/">([](Public, std::vector<int> numbers) { return numbers; });
}
