// expect: cardea: this route requires a permission that the application's catalogue does not declare
#include <cardea/web/app_with.hpp>

using namespace cardea::web;

inline constexpr auto kCatalogue = cardea::catalogue({{"posts:write", "Publish posts"}}, {{"editor", "posts:*"}});

void add_routes(AppWith<kCatalogue>& app) {
  app.get<"/">([](RequireAll<"posts:write", "posts:wirte"> caller) { return caller->subject; });
}
