#include <cardea/service/routes/admin_stats.hpp>

namespace cardea::service {

void add_admin_stats(web::App& app) {
  app.get<"/admin/stats">(
         [](const web::RequireRole<"admin">& admin) { return AdminStats{"ok", "Hello admin " + admin->username}; })
      .tag("administration")
      .summary("A greeting for administrators");
}

}  // namespace cardea::service
