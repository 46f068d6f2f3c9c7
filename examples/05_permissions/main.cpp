// A service with permissions and roles of its own, which administrators can add to at /admin/roles.
//
//   build/bin/example_permissions --demo
#include <cardea/service/program/run.hpp>
#include <cardea/service/routes/admin_roles.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/web/openapi/docs_page.hpp>

#include "routes.hpp"

int main(int argc, char** argv) {
  newsroom::App app;
  app.introduce({"Newsroom", "1.0.0", "Permissions as types."});
  cardea::service::add_login(app);
  cardea::service::add_admin_roles(app);
  cardea::web::add_docs(app);
  newsroom::add_routes(app);
  return cardea::service::run(app, argc, argv);
}
