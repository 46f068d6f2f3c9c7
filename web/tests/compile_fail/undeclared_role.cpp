// expect: cardea: this route requires a role that the application's catalogue does not declare
#include <cardea/web/app_with.hpp>

using namespace cardea::web;

inline constexpr auto kCatalogue = cardea::catalogue({{"posts:write", "Publish posts"}}, {{"editor", "posts:*"}});

// One that a dependency names counts as the handler's own.
struct Desk {
  static Desk resolve(const RequireRole<"editer">&) { return {}; }
};

void add_routes(AppWith<kCatalogue>& app) {
  app.get<"/">([](Desk) { return std::string{}; });
}
