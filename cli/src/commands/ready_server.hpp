// The application that `cardea serve` serves, and that `cardea routes` and `cardea openapi` describe.
#pragma once

#include <cardea/web/app.hpp>
#include <memory>

namespace cardea::cli {

std::unique_ptr<web::App> ready_server();

}  // namespace cardea::cli
