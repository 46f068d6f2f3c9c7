// POST /auth/logout: ends the caller's session, or others of theirs, at once.
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::service {

// Uses a SessionAdministration. ?scope=local (default) ends the session of the token, others all but that one, global
// all of them. 403 session_required for local and others with a token of no session.
void add_logout(web::App& app);

// 204, and a browser forgets its refresh token.
struct LoggedOut {
  bool forgets_cookie = false;
};

}  // namespace cardea::service

template <>
struct cardea::web::Responder<cardea::service::LoggedOut> {
  static Result<Response> respond(service::LoggedOut& answer);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
