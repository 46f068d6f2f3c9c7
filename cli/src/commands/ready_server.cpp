#include "commands/ready_server.hpp"

#include <cardea/service/routes/ready_server.hpp>
#include <cardea/web/app_with.hpp>

namespace cardea::cli {

std::unique_ptr<web::App> ready_server(service::MetricsAccess metrics) {
  auto app = std::make_unique<web::AppWith<service::kReadyServerCatalogue>>();
  app->introduce({.title = "Cardea",
                  .version = CARDEA_VERSION,
                  .description = "Login, tokens and roles. Authorize with a user name and a password, then call /me."});
  service::add_ready_server(*app, metrics);
  return app;
}

}  // namespace cardea::cli
