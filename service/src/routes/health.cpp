#include <cardea/core/account/user_store.hpp>
#include <cardea/service/routes/health.hpp>

namespace cardea::service {
namespace {

Result<Health> readiness(web::Public, web::Use<UserStore> users) {
  if (auto answered = users->check(); !answered) return failure(std::move(answered).error());
  return Health{"ok"};
}

}  // namespace

void add_health(web::App& app) {
  app.get<"/healthz">([](web::Public) { return Health{"ok"}; }).tag("health").summary("Is the process alive");
  app.get<"/readyz">(readiness).blocking().tag("health").summary("Can it serve: does the user store answer");
}

}  // namespace cardea::service
