// expect: cardea: a role of the catalogue includes itself
#include <cardea/web/app_with.hpp>

inline constexpr auto kCatalogue =
    cardea::catalogue({{"posts:write", "Publish posts"}}, {{"editor", "posts:*", "chief"}, {"chief", "", "editor"}});

cardea::web::AppWith<kCatalogue> app;
