// The example's routes, for its program and for its test.
#pragma once

#include <cardea/web/app.hpp>

namespace blog {

// Uses a Posts, which the application provides.
void add_routes(cardea::web::App& app);

}  // namespace blog
