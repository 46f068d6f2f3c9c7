#include <cardea/service/routes/me.hpp>

namespace cardea::service {

void add_me(web::App& app) {
  // NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): what a handler is given outlives its answer
  app.get<"/me">([](const web::CurrentUser& user) -> const web::CurrentUser& { return user; })
      .tag("account")
      .summary("Who am I");
}

}  // namespace cardea::service
