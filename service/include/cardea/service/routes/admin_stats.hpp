// GET /admin/stats: a route for those who have the role admin.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <string>

namespace cardea::service {

struct AdminStats {
  std::string status;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(AdminStats, (), (status, message))

void add_admin_stats(web::App& app);

}  // namespace cardea::service
