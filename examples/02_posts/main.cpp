// A small service with a database of its own kind: posts that anyone reads, users publish and authors delete.
//
//   build/bin/example_posts --demo
#include <cardea/service/program/run.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/web/openapi/docs_page.hpp>

#include "posts.hpp"
#include "routes.hpp"

int main(int argc, char** argv) {
  cardea::web::App app;
  app.introduce({"Posts", "1.0.0", "A small service on Cardea."});
  app.provide(std::make_shared<blog::Posts>());
  cardea::service::add_login(app);
  cardea::web::add_docs(app);
  blog::add_routes(app);
  return cardea::service::run(app, argc, argv);
}
