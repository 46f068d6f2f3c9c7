// GET /healthz: the process answers. GET /readyz: what it needs answers, too.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <string>

namespace cardea::service {

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

// /readyz uses a UserStore and is 503 as long as that does not answer, or the audit log, where there is one, cannot be
// written for half a minute.
void add_health(web::App& app);

}  // namespace cardea::service
