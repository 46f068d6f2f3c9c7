// expect: cardea: a role of the catalogue gives a permission that the catalogue does not declare
#include <cardea/web/app_with.hpp>

inline constexpr auto kCatalogue = cardea::catalogue({{"posts:write", "Publish posts"}}, {{"editor", "post:*"}});

cardea::web::AppWith<kCatalogue> app;
