// All routes of the ready server: what `cardea serve` is.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/service/routes/ready_server_catalogue.hpp>
#include <cardea/web/app.hpp>

namespace cardea::service {

void add_ready_server(web::App& app, MetricsAccess metrics = MetricsAccess::by_permission);

}  // namespace cardea::service
