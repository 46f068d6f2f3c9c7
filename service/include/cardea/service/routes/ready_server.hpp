// All routes of the ready server: what `cardea serve` is.
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::service {

void add_ready_server(web::App& app);

}  // namespace cardea::service
