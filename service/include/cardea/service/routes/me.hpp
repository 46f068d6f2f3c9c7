// GET /me: who is calling.
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::service {

void add_me(web::App& app);

}  // namespace cardea::service
