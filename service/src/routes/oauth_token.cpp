#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/service/routes/oauth_token.hpp>

#include "routes/client.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = std::size_t{16} * 1024;

Result<Grant> grant_of(std::string_view grant_type) {
  const auto found = std::ranges::find(kGrants, grant_type, [](Grant grant) { return name_of(grant); });
  if (found == kGrants.end()) return failure(ErrorCode::grant_unsupported);
  return *found;
}

// What the client asks for, or all that it may have (RFC 6749 section 3.3).
Result<PermissionSet> granted_scope(const std::optional<std::string>& asked, const OAuthClient& client) {
  if (!asked) return client.scopes;
  auto scope = PermissionSet::parse_scope(*asked);
  if (!scope) return failure(ErrorCode::scope_invalid, PublicText{"The scope is malformed"});
  if (!scope->beyond(client.scopes).empty()) {
    return failure(ErrorCode::scope_invalid, PublicText{"The scope is more than the client was granted"});
  }
  return scope;
}

// RFC 6749 section 4.4.
Result<OAuthTokenAnswer> grant_client_credentials(const OptionalClient& presented, const TokenRequest& request,
                                                  const AccessTokenIssuer& tokens, AuditSink& audit,
                                                  const web::RequestContext& context) {
  if (!presented.client) return failure(ErrorCode::client_invalid);
  const auto& client = *presented.client;
  if (client.kind == ClientKind::public_client) return failure(ErrorCode::client_unauthorized);
  const auto granted = granted_scope(request.scope, client);
  if (!granted) return failure(granted.error());
  auto scope = granted->to_scope();
  auto issued = tokens.issue_for_client(client, context.received_at, scope);
  if (!issued) return failure(std::move(issued).error());
  audit.record({context.received_at, AuditAction::client_token_issued, std::string(client.id.text()), context.origin,
                std::nullopt});
  return OAuthTokenAnswer{std::move(issued->token), "bearer", issued->expires_in.count(), std::move(scope), {}};
}

// RFC 6749 section 6.
Result<OAuthTokenAnswer> grant_refresh_token(const TokenRequest& request, SessionIssuer& sessions, const Client& from,
                                             const web::RequestContext& context) {
  if (!request.refresh_token) return failure(oauth_detail::missing("refresh_token"));
  if (request.scope) {
    return failure(ErrorCode::scope_invalid, PublicText{"A session's tokens have no scope that could be narrowed"});
  }
  auto tokens = sessions.refresh(*request.refresh_token, from.trace, context.origin, context.received_at);
  if (!tokens) return failure(std::move(tokens).error());
  auto& access = tokens->access;
  return OAuthTokenAnswer{
      std::move(access.token), "bearer", access.expires_in.count(), {}, std::move(tokens->refresh_token)};
}

Result<OAuthTokenAnswer> answer(const OptionalClient& client, const OAuthForm<TokenRequest>& request,
                                web::Use<AccessTokenIssuer> tokens, web::Use<SessionIssuer> sessions,
                                web::Use<AuditSink> audit, const Client& from, const web::RequestContext& context) {
  const auto grant = grant_of(request->grant_type);
  if (!grant) return failure(grant.error());
  switch (*grant) {
    case Grant::client_credentials: return grant_client_credentials(client, request.value, *tokens, *audit, context);
    case Grant::refresh_token: return grant_refresh_token(request.value, *sessions, from, context);
  }
  std::unreachable();
}

}  // namespace

std::string_view name_of(Grant grant) noexcept {
  switch (grant) {
    case Grant::client_credentials: return "client_credentials";
    case Grant::refresh_token: return "refresh_token";
  }
  std::unreachable();
}

void add_oauth_token(web::App& app) {
  app.post<"/oauth2/token">(answer)
      .blocking()
      .oauth_errors()
      .body_limit(kLongestBody)
      .tag("oauth2")
      .summary("Get a token as an OAuth 2 client")
      .description("RFC 6749. The client authenticates by HTTP Basic, or by client_id and client_secret in the body.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::OAuthTokenAnswer>::respond(service::OAuthTokenAnswer& answer) {
  boost::json::object members{
      {"access_token", answer.access_token}, {"token_type", answer.token_type}, {"expires_in", answer.expires_in}};
  if (!answer.scope.empty()) members["scope"] = answer.scope;
  if (answer.refresh_token) members["refresh_token"] = answer.refresh_token->expose();
  auto response = responder_detail::json_response(200, boost::json::serialize(members));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::OAuthTokenAnswer>::describe(SchemaRegistry&) {
  const boost::json::object text{{"type", "string"}};
  const boost::json::object members{{"access_token", text},
                                    {"token_type", text},
                                    {"expires_in", boost::json::object{{"type", "integer"}}},
                                    {"scope", text},
                                    {"refresh_token", text}};
  return {200,
          {{"type", "object"},
           {"properties", members},
           {"required", boost::json::array{"access_token", "token_type", "expires_in"}}},
          true};
}

}  // namespace cardea::web
