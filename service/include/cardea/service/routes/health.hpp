// GET /healthz: the process answers. GET /readyz: what it needs answers, too.
#pragma once

#include <atomic>
#include <boost/describe/class.hpp>
#include <cardea/web/app.hpp>
#include <string>

namespace cardea::service {

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

// That the server is about to listen no more. Thread-safe.
class DrainNotice {
 public:
  void give() noexcept { is_given_ = true; }
  bool is_given() const noexcept { return is_given_; }

 private:
  std::atomic<bool> is_given_ = false;
};

// /readyz uses a UserStore and is 503 as long as that does not answer, or the audit log, where there is one, cannot be
// written for half a minute; and from the DrainNotice on, where there is one.
void add_health(web::App& app);

}  // namespace cardea::service
