// A whole program from an application: the same options, start and end as `cardea serve`.
//
//   int main(int argc, char** argv) {
//     cardea::web::App app;
//     cardea::service::add_login(app);
//     app.get<"/me">([](CurrentUser user) { return user; });
//     return cardea::service::run(app, argc, argv);
//   }
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::service {

// Reads flags, environment and TOML file, gives `app` what its routes use, prints where it listens and serves until
// SIGTERM or SIGINT. Returns what main returns; complaints go to standard error.
int run(web::App& app, int argc, char** argv);

}  // namespace cardea::service
