// /auth/sessions: where a user is logged in. /admin/users/{id}/sessions: the same of anyone, for administrators.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/session/session.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct SessionView {
  std::string id;
  Instant created_at{};
  Instant last_used_at{};  // the login or the last refresh
  std::string address;
  std::string user_agent;
  bool current = false;  // the caller's own

  static SessionView of(const Session& session, bool current);
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (id, created_at, last_used_at, address, user_agent, current))

struct SessionPage {
  std::vector<SessionView> items;
  std::optional<std::string> next;  // always none
};
BOOST_DESCRIBE_STRUCT(SessionPage, (), (items, next))

// Uses a SessionAdministration. GET lists the caller's living sessions, the last used first; DELETE
// /auth/sessions/{id} ends one of them, 404 if it is not theirs.
void add_sessions(web::App& app);

// Uses a SessionAdministration and a UserStore. GET needs users:read; DELETE, of one or of all, users:write.
void add_admin_sessions(web::App& app);

}  // namespace cardea::service
