// The tutorial's service: log in, /me, and a route for admins only.
//
//   build/bin/example_tutorial --demo
// [program]
#include <cardea/service/program/run.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/web/openapi/docs_page.hpp>

using namespace cardea::web;

struct Stats {
  std::string status, message;
};
BOOST_DESCRIBE_STRUCT(Stats, (), (status, message))

int main(int argc, char** argv) {
  App app;
  cardea::service::add_login(app);  // POST /auth/login
  add_docs(app);                    // GET /docs

  app.get<"/me">([](CurrentUser user) { return user; });
  app.get<"/admin/stats">([](RequireRole<"admin"> admin) { return Stats{"ok", "Hello admin " + admin->username}; });

  return cardea::service::run(app, argc, argv);
}
// [/program]
