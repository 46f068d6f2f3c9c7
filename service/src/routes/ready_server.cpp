#include <cardea/service/routes/admin_audit.hpp>
#include <cardea/service/routes/admin_clients.hpp>
#include <cardea/service/routes/admin_keys.hpp>
#include <cardea/service/routes/admin_roles.hpp>
#include <cardea/service/routes/admin_stats.hpp>
#include <cardea/service/routes/admin_users.hpp>
#include <cardea/service/routes/api_keys.hpp>
#include <cardea/service/routes/forward_auth.hpp>
#include <cardea/service/routes/health.hpp>
#include <cardea/service/routes/jwks.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/service/routes/logout.hpp>
#include <cardea/service/routes/me.hpp>
#include <cardea/service/routes/oauth_introspection.hpp>
#include <cardea/service/routes/oauth_metadata.hpp>
#include <cardea/service/routes/oauth_revocation.hpp>
#include <cardea/service/routes/oauth_token.hpp>
#include <cardea/service/routes/password.hpp>
#include <cardea/service/routes/password_reset.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/routes/refresh.hpp>
#include <cardea/service/routes/register.hpp>
#include <cardea/service/routes/sessions.hpp>
#include <cardea/web/metrics/metrics_route.hpp>
#include <cardea/web/openapi/docs_page.hpp>

namespace cardea::service {
namespace {

void add_metrics(web::App& app, MetricsAccess access) {
  switch (access) {
    case MetricsAccess::off: return;
    case MetricsAccess::by_permission: return web::add_metrics(app);
    case MetricsAccess::everyone: return web::add_metrics_for_everyone(app);
  }
}

}  // namespace

void add_ready_server(web::App& app, MetricsAccess metrics) {
  add_login(app);
  add_refresh(app);
  add_logout(app);
  add_register(app);
  add_password(app);
  add_password_reset(app);
  add_sessions(app);
  add_api_keys(app);
  add_forward_auth(app);
  add_me(app);
  add_admin_stats(app);
  add_jwks(app);
  add_admin_keys(app);
  add_admin_users(app);
  add_admin_sessions(app);
  add_admin_password_reset(app);
  add_admin_api_keys(app);
  add_admin_clients(app);
  add_admin_roles(app);
  add_admin_audit(app);
  add_oauth_token(app);
  add_oauth_introspection(app);
  add_oauth_revocation(app);
  add_oauth_metadata(app);
  add_health(app);
  add_metrics(app, metrics);
  web::add_docs(app);
}

}  // namespace cardea::service
