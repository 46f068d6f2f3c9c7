// All routes of the ready server: what `cardea serve` is.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/service/routes/catalogue.hpp>
#include <cardea/web/app.hpp>

namespace cardea::service {

// Open, since an organisation's roles also give the permissions of its other services.
inline constexpr auto kReadyServerCatalogue = kCatalogue.open();

void add_ready_server(web::App& app, MetricsAccess metrics = MetricsAccess::by_permission);

}  // namespace cardea::service
