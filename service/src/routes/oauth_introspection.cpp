#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/access/principal_authenticator.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/client/client_id.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/service/routes/oauth_introspection.hpp>
#include <cardea/web/errors/status_of.hpp>

namespace cardea::service {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestBody = std::size_t{16} * 1024;

void add_text(json::object& members, std::string_view name, const std::optional<std::string>& text) {
  if (text) members[name] = *text;
}

void add_date(json::object& members, std::string_view name, const std::optional<NumericDate>& date) {
  if (date) members[name] = date->to_json();
}

void add_audience(json::object& members, const Claims& claims) {
  if (!claims.audience) return;
  const auto& audience = *claims.audience;
  members["aud"] =
      audience.size() == 1 ? json::value(audience.front()) : json::value(json::array(audience.begin(), audience.end()));
}

json::object audience_schema() {
  const json::object text{{"type", "string"}};
  return {{"anyOf", json::array{text, json::object{{"type", "array"}, {"items", text}}}}};
}

Introspection active(const Claims& claims, const Principal& principal) {
  Introspection introspection;
  auto& members = introspection.members;
  members["active"] = true;
  if (!principal.permissions.empty()) members["scope"] = principal.permissions.to_scope();
  if (const auto* client = claims.others.if_contains("client_id"); client && client->is_string()) {
    members["client_id"] = *client;
  }
  if (!ClientId::parse(principal.subject)) members["username"] = principal.subject;
  members["token_type"] = "bearer";
  add_date(members, "exp", claims.expires_at);
  add_date(members, "iat", claims.issued_at);
  add_date(members, "nbf", claims.not_before);
  members["sub"] = principal.subject;
  add_audience(members, claims);
  add_text(members, "iss", claims.issuer);
  add_text(members, "jti", claims.token_id);
  return introspection;
}

// A refusal of the token is an answer; that nobody can tell is none.
Result<Introspection> inactive_or(Error error) {
  if (web::status_of(error.code()) == 401) return Introspection{};
  return failure(std::move(error));
}

// Active only if a route would let its bearer in now.
Result<Introspection> introspect_access_token(const std::string& compact, const PrincipalAuthenticator& authenticator,
                                              const web::RequestContext& context) {
  auto token = authenticator.verify(compact, context.origin, context.received_at);
  if (!token) return inactive_or(std::move(token).error());
  auto principal = authenticator.principal_of(**token, context.origin, context.received_at);
  if (!principal) return inactive_or(std::move(principal).error());
  return active((*token)->claims(), *principal);
}

Introspection active(const Session& session, const User& user, const SessionPolicy& policy) {
  Introspection introspection;
  const NumericDate ends{std::min(session.last_used_at + policy.idle, session.created_at + policy.absolute)};
  introspection.members = {{"active", true},
                           {"client_id", AccessTokenIssuer::kFirstPartyClient},
                           {"username", user.username.text()},
                           {"token_type", "refresh_token"},
                           {"exp", ends.to_json()},
                           {"sub", user.username.text()},
                           {"sid", session.id.text()}};
  return introspection;
}

// Active only if it would be exchanged now.
Result<Introspection> introspect_refresh_token(const std::string& token, SessionIssuer& sessions, UserStore& users,
                                               const SessionPolicy& policy, const web::RequestContext& context) {
  const auto session = sessions.session_of(token, context.received_at);
  if (!session) return inactive_or(session.error());
  const auto user = users.find(session->user);
  if (!user) return failure(user.error());
  if (!*user || (*user)->state_at(context.received_at) != AccountState::active) return Introspection{};
  return active(*session, **user, policy);
}

Result<Introspection> answer(const AuthenticatedClient&, const OAuthForm<IntrospectionRequest>& request,
                             web::Use<PrincipalAuthenticator> authenticator, web::Use<SessionIssuer> sessions,
                             web::Use<SessionAdministration> administration, web::Use<UserStore> users,
                             const web::RequestContext& context) {
  if (RefreshToken::parse(request->token)) {
    return introspect_refresh_token(request->token, *sessions, *users, administration->policy(), context);
  }
  return introspect_access_token(request->token, *authenticator, context);
}

}  // namespace

void add_oauth_introspection(web::App& app) {
  app.post<"/oauth2/introspect">(answer)
      .blocking()
      .oauth_errors()
      .body_limit(kLongestBody)
      .tag("oauth2")
      .summary("Ask whether a token holds")
      .description("RFC 7662. A token that does not hold is {\"active\":false} and nothing more.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::Introspection>::respond(service::Introspection& introspection) {
  auto response = responder_detail::json_response(200, boost::json::serialize(introspection.members));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::Introspection>::describe(SchemaRegistry&) {
  boost::json::object members{{"active", boost::json::object{{"type", "boolean"}}}};
  for (const auto* name : {"scope", "client_id", "username", "token_type", "sub", "iss", "jti", "sid"}) {
    members[name] = boost::json::object{{"type", "string"}};
  }
  for (const auto* name : {"exp", "iat", "nbf"}) members[name] = boost::json::object{{"type", "number"}};
  members["aud"] = service::audience_schema();
  return {200, {{"type", "object"}, {"properties", members}, {"required", boost::json::array{"active"}}}, true};
}

}  // namespace cardea::web
