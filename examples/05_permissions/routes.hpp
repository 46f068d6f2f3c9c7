#pragma once

#include <cardea/web/app_with.hpp>

#include "catalogue.hpp"

namespace newsroom {

using App = cardea::web::AppWith<kCatalogue>;

void add_routes(App& app);

}  // namespace newsroom
