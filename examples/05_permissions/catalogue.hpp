// The permissions and roles of a newsroom, beside those of the ready routes. A route that names another one does not
// compile.
#pragma once

#include <cardea/service/routes/catalogue.hpp>

namespace newsroom {

// [catalogue]
inline constexpr auto kCatalogue =
    cardea::service::kCatalogue + cardea::catalogue({{"articles:write", "Write articles and change one's own"},
                                                     {"articles:publish", "Let an article go out"},
                                                     {"letters:read", "Read the letters that others get"}},
                                                    {{"author", "articles:write"},
                                                     {"editor", "articles:*", "author"},
                                                     {"chief", "letters:read users:*", "editor"}});
// [/catalogue]

}  // namespace newsroom
