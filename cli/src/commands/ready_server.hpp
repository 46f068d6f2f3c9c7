// The application that `cardea serve` serves, and that `cardea routes` and `cardea openapi` describe.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/web/app.hpp>
#include <memory>

namespace cardea::cli {

std::unique_ptr<web::App> ready_server(service::MetricsAccess metrics = service::MetricsAccess::by_permission);

}  // namespace cardea::cli
