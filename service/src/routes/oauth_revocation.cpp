#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/service/routes/oauth_revocation.hpp>
#include <cardea/web/errors/status_of.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = std::size_t{16} * 1024;

// The session that an access token belongs to, with its user; none for a token of no session or one that does not hold.
Done revoke_access_token(const std::string& compact, const PrincipalAuthenticator& authenticator, UserStore& users,
                         SessionAdministration& sessions, const web::RequestContext& context) {
  const auto token = authenticator.verify(compact, context.origin, context.received_at);
  if (!token && web::status_of(token.error().code()) != 401) return failure(token.error());
  if (!token || !(*token)->claims().session_id) return {};
  const auto session = SessionId::parse(*(*token)->claims().session_id);
  const auto username = Username::parse((*token)->claims().subject.value_or(std::string{}));
  if (!session || !username) return {};
  const auto user = users.find(*username);
  if (!user) return failure(user.error());
  if (!*user) return {};
  auto ended = sessions.end(**user, *session, SessionEnd::logout, context.origin, context.received_at);
  if (!ended && ended.error().code() != ErrorCode::session_not_found) return ended;
  return {};
}

Done revoke(const std::string& token, SessionIssuer& sessions, SessionAdministration& administration,
            const PrincipalAuthenticator& authenticator, UserStore& users, const web::RequestContext& context) {
  if (!RefreshToken::parse(token)) return revoke_access_token(token, authenticator, users, administration, context);
  const auto revoked = sessions.revoke(token, context.origin, context.received_at);
  return revoked ? Done{} : failure(revoked.error());
}

Result<web::Response> answer(const IdentifiedClient&, const OAuthForm<RevocationRequest>& request,
                             web::Use<SessionIssuer> sessions, web::Use<SessionAdministration> administration,
                             web::Use<PrincipalAuthenticator> authenticator, web::Use<UserStore> users,
                             const web::RequestContext& context) {
  if (auto done = revoke(request->token, *sessions, *administration, *authenticator, *users, context); !done) {
    return failure(std::move(done).error());
  }
  web::Response done{200, {}, {}};
  done.headers.add("Cache-Control", "no-store");
  return done;
}

}  // namespace

void add_oauth_revocation(web::App& app) {
  app.post<"/oauth2/revoke">(answer)
      .blocking()
      .oauth_errors()
      .body_limit(kLongestBody)
      .tag("oauth2")
      .summary("Give a token back")
      .description("RFC 7009. 200 also for a token that is unknown.");
}

}  // namespace cardea::service
