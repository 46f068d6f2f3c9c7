#include <boost/describe/enum.hpp>
#include <cardea/core/session/session_administration.hpp>
#include <cardea/service/routes/logout.hpp>
#include <cardea/web/security/current_session.hpp>

#include "routes/account.hpp"
#include "routes/refresh_cookie.hpp"

namespace cardea::service {
namespace {

BOOST_DEFINE_ENUM_CLASS(LogoutScope, local, others, global)

using Scope = web::Query<"scope", std::optional<LogoutScope>>;

Done end_sessions(LogoutScope scope, const User& user, const web::CurrentSession& session,
                  const web::RequestContext& context, SessionAdministration& sessions) {
  const auto now = context.received_at;
  if (scope == LogoutScope::global) {
    const auto ended = sessions.end_all(user, std::nullopt, SessionEnd::logout, context.origin, now);
    return ended ? Done{} : failure(ended.error());
  }
  const auto own = session.required();
  if (!own) return failure(own.error());
  if (scope == LogoutScope::local) return sessions.end(user, *own, SessionEnd::logout, context.origin, now);
  const auto ended = sessions.end_all(user, *own, SessionEnd::ended_elsewhere, context.origin, now);
  return ended ? Done{} : failure(ended.error());
}

Result<LoggedOut> answer(const Account& account, const web::CurrentSession& session, const Scope& scope,
                         const RefreshCookie& cookie, const web::RequestContext& context,
                         web::Use<SessionAdministration> sessions) {
  const auto wanted = scope->value_or(LogoutScope::local);
  if (auto ended = end_sessions(wanted, *account, session, context, *sessions); !ended) return failure(ended.error());
  return LoggedOut{.forgets_cookie = cookie.is_present() && wanted != LogoutScope::others};
}

}  // namespace

void add_logout(web::App& app) {
  app.post<"/auth/logout">(answer)
      .refuses({ErrorCode::session_required, ErrorCode::session_not_found})
      .blocking()
      .tag("authentication")
      .summary("Log out")
      .description("Ends this session, the others of the same user, or all of them: their tokens are refused at once.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::LoggedOut>::respond(service::LoggedOut& answer) {
  Response response{204, {}, {}};
  if (answer.forgets_cookie) response.headers.add("Set-Cookie", service::RefreshCookie::clear());
  return response;
}

responder_detail::Success Responder<service::LoggedOut>::describe(SchemaRegistry&) { return {204, {}, true}; }

}  // namespace cardea::web
