#include <cardea/core/session/session_administration.hpp>
#include <cardea/service/routes/sessions.hpp>
#include <cardea/web/security/current_session.hpp>

#include "routes/account.hpp"
#include "routes/named_user.hpp"

namespace cardea::service {
namespace {

using MayRead = web::RequirePermission<"users:read">;
using MayWrite = web::RequirePermission<"users:write">;
using Sessions = web::Use<SessionAdministration>;
using SessionPath = web::Path<"session", std::string>;
using web::RequestContext;

Result<SessionPage> page_of(Result<std::vector<Session>> sessions, const std::optional<SessionId>& own) {
  if (!sessions) return failure(std::move(sessions).error());
  SessionPage page;
  for (const auto& session : *sessions) page.items.push_back(SessionView::of(session, session.id == own));
  return page;
}

Done end_one(const User& user, std::string_view session, SessionEnd reason, const RequestContext& context,
             SessionAdministration& sessions) {
  const auto id = SessionId::parse(session);
  if (!id) return failure(id.error());
  return sessions.end(user, *id, reason, context.origin, context.received_at);
}

Result<SessionPage> list_own(const Account& account, const web::CurrentSession& session, const RequestContext& context,
                             Sessions sessions) {
  return page_of(sessions->list(account->id, context.received_at), session.id);
}

Done end_own(const Account& account, const SessionPath& session, const RequestContext& context, Sessions sessions) {
  return end_one(*account, *session, SessionEnd::ended_elsewhere, context, *sessions);
}

Result<SessionPage> list_of(const MayRead&, const NamedUser& user, const RequestContext& context, Sessions sessions) {
  return page_of(sessions->list((*user).id, context.received_at), std::nullopt);
}

Done end_all_of(const MayWrite&, const NamedUser& user, const RequestContext& context, Sessions sessions) {
  const auto ended =
      sessions->end_all(*user, std::nullopt, SessionEnd::ended_by_administrator, context.origin, context.received_at);
  return ended ? Done{} : failure(ended.error());
}

Done end_one_of(const MayWrite&, const NamedUser& user, const SessionPath& session, const RequestContext& context,
                Sessions sessions) {
  return end_one(*user, *session, SessionEnd::ended_by_administrator, context, *sessions);
}

}  // namespace

SessionView SessionView::of(const Session& session, bool current) {
  return {.id = session.id.text(),
          .created_at = session.created_at,
          .last_used_at = session.last_used_at,
          .address = session.client.address,
          .user_agent = session.client.user_agent,
          .current = current};
}

void add_sessions(web::App& app) {
  app.get<"/auth/sessions">(list_own).blocking().tag("authentication").summary("List where I am logged in");
  app.delete_<"/auth/sessions/{session}">(end_own)
      .refuses({ErrorCode::session_not_found})
      .blocking()
      .tag("authentication")
      .summary("Log out elsewhere")
      .description("Ends one session: its tokens are refused at once.");
}

void add_admin_sessions(web::App& app) {
  app.get<"/admin/users/{id}/sessions">(list_of)
      .blocking()
      .tag("administration")
      .summary("List where a user is logged in");
  app.delete_<"/admin/users/{id}/sessions">(end_all_of)
      .blocking()
      .tag("administration")
      .summary("Log a user out everywhere");
  app.delete_<"/admin/users/{id}/sessions/{session}">(end_one_of)
      .blocking()
      .tag("administration")
      .summary("End one of a user's sessions");
}

}  // namespace cardea::service
