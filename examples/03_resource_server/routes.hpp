// What the service does. It knows no user and no password: a token's scope says what its bearer may.
#pragma once

#include <cardea/web/app.hpp>

namespace reports {

void add_routes(cardea::web::App& app);

}  // namespace reports
